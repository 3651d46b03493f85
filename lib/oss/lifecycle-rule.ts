import { z } from "zod";
import { xmlList, xmlNumber, xmlText } from "./xml-answer";

/** What OSS will do by itself to objects of a bucket. */
export interface LifecycleRule {
  /** "" for the whole bucket. */
  prefix: string;
  enabled: boolean;
  /** Deletes objects, or moves them to a storage class that RDS does not read. */
  effect: "deletes" | "moves";
  /** Days after the last change of an object; 0 when the rule names a date. */
  days: number;
}

/** What is done to objects, and when: after days, or at a date; neither where it is about something else. */
const Action = z.object({ Days: xmlNumber, CreatedBeforeDate: xmlText });
const Rule = z.object({
  Prefix: xmlText,
  Status: xmlText,
  Expiration: xmlList(Action),
  Transition: xmlList(Action),
});
const Document = z.object({ Rule: xmlList(Rule) }).catch({ Rule: [] });

/**
 * Rules of a GetBucketLifecycle document as the XML reader gives it.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlifecycle
 */
export function toLifecycleRules(document: unknown): LifecycleRule[] {
  return Document.parse(document).Rule.flatMap((rule): LifecycleRule[] => {
    const common = { prefix: rule.Prefix ?? "", enabled: rule.Status === "Enabled" };
    const effects = [
      ...rule.Expiration.map((action) => ({ effect: "deletes" as const, days: daysOf(action) })),
      ...rule.Transition.map((action) => ({ effect: "moves" as const, days: daysOf(action) })),
    ];
    return effects.flatMap(({ effect, days }) => (days === null ? [] : [{ ...common, effect, days }]));
  });
}

/** Null for actions on something else, such as markers of deleted versions. */
function daysOf(action: z.output<typeof Action>): number | null {
  return action.Days ?? (action.CreatedBeforeDate === null ? null : 0);
}
