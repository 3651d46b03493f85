import { randomBytes } from "node:crypto";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import { isOtherRegion } from "@/lib/preflight/world/locate-bucket";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { Finding } from "./probe";

/**
 * Writes a few bytes where the backups will lie, reads them back and deletes them: the only proof of these rights. A
 * refusal blocks where this account uploads, and is only to know where files come by other means.
 */
export async function checkBucketWrite(world: ProbeWorld, bucket: string): Promise<Finding> {
  const store = await world.store();
  const body = randomBytes(64);
  const key = `${world.draft.prefix}.chainferry-probe-${randomBytes(6).toString("hex")}`;
  const object = { bucket, key };
  const uploads = world.draft.transport !== "bucket_watch";
  async function readBack(): Promise<string | null> {
    let same = false;
    const refused = await refusal(async () => {
      same = body.equals(await store.readRange(object, 0, body.length));
    });
    return refused ?? (same ? null : "OSS gave back other bytes than it was given");
  }
  const written = await refusal(() => store.putObject({ ...object, body }));
  if (written !== null) return found(uploads ? "block" : "warn", "put", written);
  const read = await readBack().catch(async (error: unknown) => {
    await store.deleteObject(object).catch(() => undefined);
    throw error;
  });
  const left = await refusal(() => store.deleteObject(object));
  if (read !== null) return found("block", "get", read);
  if (left !== null) return found("warn", "delete", left);
  return found("pass", "ok", `${body.length} bytes written, read back and deleted`);
}

function found(verdict: Finding["verdict"], cause: string, answer: string): Finding {
  return { verdict, params: { cause }, answer };
}

/** OSS's refusal in its words; null: it was done. Throws whatever else went wrong: then nothing is known. */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await askPatiently(work);
    return null;
  } catch (error) {
    if (!isExternalError(error) || error.fields.kind !== "forbidden" || isOtherRegion(error)) throw error;
    return `${error.fields.providerCode}: ${error.fields.providerMessage}`;
  }
}
