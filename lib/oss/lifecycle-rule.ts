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

/**
 * Rules of a GetBucketLifecycle document as the XML parser gives it: one rule or a list, numbers as text.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlifecycle
 */
export function toLifecycleRules(document: unknown): LifecycleRule[] {
  return listOf(fieldOf(document, "Rule")).flatMap((rule): LifecycleRule[] => {
    const prefix = fieldOf(rule, "Prefix");
    const common = {
      prefix: typeof prefix === "string" ? prefix : "",
      enabled: fieldOf(rule, "Status") === "Enabled",
    };
    const effects = [
      ...listOf(fieldOf(rule, "Expiration")).map((action) => ({ effect: "deletes" as const, action })),
      ...listOf(fieldOf(rule, "Transition")).map((action) => ({ effect: "moves" as const, action })),
    ];
    return effects
      .filter(({ action }) => daysOf(action) !== null)
      .map(({ effect, action }) => ({ ...common, effect, days: daysOf(action) ?? 0 }));
  });
}

/** Null for actions on something else, such as markers of deleted versions. */
function daysOf(action: unknown): number | null {
  const days = Number(fieldOf(action, "Days"));
  if (Number.isFinite(days)) return days;
  return fieldOf(action, "CreatedBeforeDate") === undefined ? null : 0;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === "" ? [] : [value];
}
