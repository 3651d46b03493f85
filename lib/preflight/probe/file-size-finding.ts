import { LARGEST_FILE_BYTES } from "@/lib/migration/rds-limits";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import type { Finding } from "./probe";

/** Of the object that was chosen as the full backup. What a backup to come will take is asked at the source. */
export async function fileSizeFinding(world: ProbeWorld, bucket: string, key: string): Promise<Finding> {
  const [store, instance] = await Promise.all([world.store(), world.instance()]);
  const limitBytes = Math.min(LARGEST_FILE_BYTES, instance.storageBytes || LARGEST_FILE_BYTES);
  const object = await store.headObject({ bucket, key });
  const fileBytes = object?.sizeBytes ?? 0;
  const answer = object ? `${key}: ${fileBytes} bytes` : `${key}: not there`;
  const verdict = object === null ? "unknown" : fileBytes > limitBytes ? "block" : "pass";
  return { verdict, params: { fileBytes, limitBytes }, answer };
}
