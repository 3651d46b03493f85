import { isExternalError } from "@/lib/diagnosis/external-error";
import type { LifecycleRule } from "@/lib/oss/lifecycle-rule";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { bucketLink } from "./console-links";
import type { Finding } from "./probe";

/** Migrations rarely stay open for longer; a rule that waits this long does no harm. */
const SAFE_DAYS = 30;

/** Whether a rule of the bucket deletes backups, or moves them to another storage class, before they are imported. */
export async function lifecycleFinding(world: ProbeWorld, bucket: string): Promise<Finding> {
  const store = await world.store();
  let rules: LifecycleRule[];
  try {
    rules = await askPatiently(() => store.listLifecycleRules(bucket));
  } catch (error) {
    if (!isExternalError(error) || error.fields.kind !== "forbidden") throw error;
    const answer = `${error.fields.providerCode}: ${error.fields.providerMessage}`;
    return { verdict: "unknown", params: { days: 0, effect: "none" }, answer };
  }
  const harmful = rules
    .filter((rule) => rule.enabled && overlaps(rule.prefix, world.draft.prefix))
    .sort((left, right) => left.days - right.days)
    .find((rule) => rule.days < SAFE_DAYS);
  if (!harmful) {
    return { verdict: "pass", params: { days: 0, effect: "none" }, answer: `${rules.length} rules` };
  }
  const { days, effect, prefix } = harmful;
  return {
    verdict: "warn",
    params: { days, effect },
    answer: `${effect} after ${days} days: ${prefix === "" ? "the whole bucket" : prefix}`,
    link: bucketLink(bucket, (await world.bucketPlace()).regionId),
  };
}

function overlaps(left: string, right: string): boolean {
  return left.startsWith(right) || right.startsWith(left);
}
