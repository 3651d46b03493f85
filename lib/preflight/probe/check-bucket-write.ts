import { randomBytes } from "node:crypto";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import { isOfTheWay } from "@/lib/preflight/world/locate-bucket";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { Finding } from "./probe";

/** What came of writing, reading and deleting a few bytes: the first that was refused, with OSS's words. */
interface Tried {
  cause: "ok" | "put" | "get" | "delete";
  answer: string;
}

/**
 * Writes a few bytes where the backups will lie, reads them back and deletes them: the only proof of these rights. A
 * refusal blocks where this account uploads, and is only to know where files come by other means.
 */
export async function checkBucketWrite(world: ProbeWorld, bucket: string): Promise<Finding> {
  const { cause, answer } = await tryObject(await world.store(), probeObject(world, bucket));
  const uploads = world.draft.transport !== "bucket_watch";
  const verdicts = { ok: "pass", put: uploads ? "block" : "warn", get: "block", delete: "warn" } as const;
  return { verdict: verdicts[cause], params: { cause }, answer };
}

/** An object of this probe's own, under the migration's prefix. */
export function probeObject(world: ProbeWorld, bucket: string): { bucket: string; key: string } {
  return { bucket, key: `${world.draft.prefix}.chainferry-probe-${randomBytes(6).toString("hex")}` };
}

/** Throws what is no refusal: then nothing is known. */
export async function tryObject(store: ObjectStore, object: { bucket: string; key: string }): Promise<Tried> {
  const body = randomBytes(64);
  async function readBack(): Promise<string | null> {
    let same = false;
    const refused = await refusal(async () => {
      same = body.equals(await store.readRange(object, 0, body.length));
    });
    return refused ?? (same ? null : "OSS gave back other bytes than it was given");
  }
  const written = await refusal(() => store.putObject({ ...object, body }));
  if (written !== null) return { cause: "put", answer: written };
  const read = await readBack().catch(async (error: unknown) => {
    await store.deleteObject(object).catch(() => undefined);
    throw error;
  });
  const left = await refusal(() => store.deleteObject(object));
  if (read !== null) return { cause: "get", answer: read };
  if (left !== null) return { cause: "delete", answer: left };
  return { cause: "ok", answer: `${body.length} bytes written, read back and deleted` };
}

/** OSS's refusal in its words; null: it was done. Throws whatever else went wrong: then nothing is known. */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await askPatiently(work);
    return null;
  } catch (error) {
    if (!isExternalError(error) || error.fields.kind !== "forbidden" || isOfTheWay(error)) throw error;
    return `${error.fields.providerCode}: ${error.fields.providerMessage}`;
  }
}
