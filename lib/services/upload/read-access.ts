import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { UploadAccessView } from "@/lib/contracts/browser-upload";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { allowsUpload, MOST_RULES, neededRule, withRule } from "./cors-rules";
import { loadPlace, type UploadPlace } from "./load-upload";

/** An upload that no bucket knows: whoever puts a part to it is always refused. */
const NO_UPLOAD = "chainferry-probe";

/** Whether the bucket lets a page of `origin` send parts, by its own rules. An account that may not read them is an answer. */
export async function readAccess({
  ctx,
  input,
}: Use<{ migrationId: string; origin: string }>): Promise<UploadAccessView> {
  requireRole(ctx.actor, "operator");
  return accessOf(await loadPlace(ctx, input.migrationId), input.origin);
}

/**
 * Adds our rule to the bucket's, on a person's request. Throws `precondition_failed` when the bucket has as many rules
 * as OSS takes, ExternalError when the account may not.
 */
export async function allowAccess({
  ctx,
  input,
}: Use<{ migrationId: string; origin: string }>): Promise<UploadAccessView> {
  requireRole(ctx.actor, "operator");
  const place = await loadPlace(ctx, input.migrationId);
  const { browser } = place.store;
  const before = await browser.bucketCors(place.bucket);
  if (!allowsUpload(before.rules, input.origin)) {
    const after = withRule(before, input.origin);
    if (after.rules.length > MOST_RULES) {
      throw new AppError("precondition_failed", "bucket_rules_full", { limit: MOST_RULES });
    }
    await browser.setBucketCors(place.bucket, after);
  }
  return accessOf(place, input.origin);
}

async function accessOf(
  { migration, bucket, store }: UploadPlace,
  origin: string,
): Promise<UploadAccessView> {
  const probe = new URL(
    await store.browser.presignPart({
      bucket,
      key: `${migration.prefix ?? ""}chainferry-probe`,
      uploadId: NO_UPLOAD,
      number: 1,
      seconds: 1,
    }),
  );
  // Without a signature: nothing may be done with it even on a bucket that anybody may write to.
  const probeUrl = `${probe.origin}${probe.pathname}?partNumber=1&uploadId=${NO_UPLOAD}`;
  const answer = { bucket, origin, rule: neededRule(origin), probeUrl };
  try {
    const { rules } = await store.browser.bucketCors(bucket);
    return { ...answer, allowed: allowsUpload(rules, origin), why: null, otherRules: rules.length };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const why = error.fields.providerCode ?? error.fields.kind;
    return { ...answer, allowed: null, why, otherRules: 0 };
  }
}
