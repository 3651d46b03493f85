import { isExternalError } from "@/lib/diagnosis/external-error";
import type { BucketInfo, ObjectStore } from "@/lib/oss/object-store";

import { askPatiently } from "./ask-patiently";

export interface BucketPlace {
  regionId: string;
  info: BucketInfo | null;
}

/** The refusal of a region that the bucket does not lie in. It says nothing about rights. */
export function isOtherRegion(error: unknown): boolean {
  return isExternalError(error) && /specified endpoint/i.test(error.fields.providerMessage);
}

/** A refusal of the way, not of what was asked for: of a region, or of the public endpoint. */
export function isOfTheWay(error: unknown): boolean {
  return (
    isOtherRegion(error) ||
    (isExternalError(error) && error.fields.providerCode === "PublicEndpointForbidden")
  );
}

/**
 * A bucket is only served by its own region's endpoint: another one refuses with AccessDenied and names the right one
 * (OSS error 0003-00001403). The account's list of buckets, which any endpoint gives, then tells where it lies.
 */
export async function locateBucket(
  store: ObjectStore,
  bucket: string,
  ask: () => Promise<BucketInfo>,
): Promise<BucketPlace> {
  try {
    const info = await ask();
    return { regionId: info.regionId, info };
  } catch (error) {
    if (!isOtherRegion(error)) throw error;
    const found = (await askPatiently(() => store.listBuckets())).find(({ name }) => name === bucket);
    if (!found) throw error;
    return { regionId: found.regionId, info: null };
  }
}
