import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { checkBucketWrite } from "./check-bucket-write";
import { bucketLink } from "./console-links";
import { endpointFinding } from "./endpoint-finding";
import { lifecycleFinding } from "./lifecycle-finding";
import type { Finding, Probe } from "./probe";

/** The bucket as RDS will read it, and as we fill it. */
export function bucketProbes(world: ProbeWorld): Probe<ProbeId>[] {
  const { draft } = world;
  const bucket = draft.bucket;
  if (draft.cloudConnectionId === null || bucket === null) return [];
  const asked = `GetBucketInfo ${bucket}`;
  const params = { bucket };
  const place = draft.prefix === "" ? bucket : `${bucket}/${draft.prefix}`;
  return [
    {
      id: "bucket.reachable",
      asked,
      params,
      whenUnreachable: "block",
      cheap: true,
      prevents: "BakFilesNeeded: no backup file was found at the specified location.",
      look: () => reachableFinding(world),
    },
    {
      id: "bucket.region",
      asked,
      params,
      prevents: "InvalidOSSURL: the instance reads buckets of its own region only.",
      look: () => regionFinding(world, bucket),
    },
    {
      id: "bucket.account",
      asked: `GetBucketInfo ${bucket}: Owner; STS GetCallerIdentity`,
      params,
      prevents: "AccessDenied: The bucket you visit is not belong to you.",
      look: () => accountFinding(world),
    },
    {
      id: "bucket.storage_class",
      asked,
      params,
      prevents: "InvalidOssObjectStorageClassType: the storage class of the OSS object must be Standard.",
      look: async () => {
        const { storageClass } = await world.bucket();
        const verdict = storageClass === "Standard" ? "pass" : "block";
        return onPage(world, bucket, { verdict, params: { storageClass }, answer: storageClass });
      },
    },
    {
      id: "bucket.encryption",
      asked,
      params,
      prevents: "InvalidFile: RDS cannot import an object that OSS encrypts.",
      look: async () => {
        const { encryption } = await world.bucket();
        const verdict = encryption === "None" ? "pass" : "block";
        return onPage(world, bucket, { verdict, params: { encryption }, answer: encryption });
      },
    },
    {
      id: "bucket.lifecycle",
      asked: `GetBucketLifecycle ${bucket}`,
      params: { bucket, place },
      prevents: "BakFilesNeeded: an object was deleted before its import had ended.",
      look: () => lifecycleFinding(world, bucket),
    },
    {
      id: "bucket.endpoint",
      asked: `GetObject in ${place}; where OSS refuses: PutObject, GetObject, DeleteObject by other ways`,
      params: { bucket, place },
      prevents: "PublicEndpointForbidden, for every byte of the first upload.",
      look: () => endpointFinding(world, bucket),
    },
    {
      id: "bucket.write",
      asked: `PutObject, GetObject, DeleteObject in ${place}`,
      params: { bucket, place },
      prevents: "AccessDenied, in the middle of the first upload.",
      look: () => checkBucketWrite(world, bucket),
    },
  ];
}

/** A bucket of another region answers at its own endpoint only; the account's list still knows where it lies. */
async function reachableFinding(world: ProbeWorld): Promise<Finding> {
  const { info, regionId } = await world.bucketPlace();
  const answer = info === null ? `lies in ${regionId}` : `${info.extranetEndpoint}, acl ${info.acl}`;
  return { verdict: "pass", params: {}, answer };
}

async function regionFinding(world: ProbeWorld, bucket: string): Promise<Finding> {
  const { regionId: bucketRegion } = await world.bucketPlace();
  const region = await targetRegion(world);
  const verdict = region === bucketRegion ? "pass" : "block";
  return onPage(world, bucket, { verdict, params: { bucketRegion, region }, answer: bucketRegion });
}

/** AliyunRDSImportRole reads the buckets of its own account. */
async function accountFinding(world: ProbeWorld): Promise<Finding> {
  const [{ ownerId }, { accountId }] = await Promise.all([world.bucket(), world.caller()]);
  const params = { ownerId, accountId };
  const answer = `owner ${ownerId || "?"}, caller ${accountId || "?"}`;
  const known = /^\d+$/.test(ownerId) && /^\d+$/.test(accountId);
  return { verdict: known ? (ownerId === accountId ? "pass" : "block") : "unknown", params, answer };
}

async function onPage(world: ProbeWorld, bucket: string, finding: Finding): Promise<Finding> {
  const { regionId } = await world.bucketPlace();
  return { ...finding, link: bucketLink(bucket, regionId) };
}

/** The chosen instance's region, or the account's while none is chosen. */
async function targetRegion(world: ProbeWorld): Promise<string> {
  if (world.draft.instanceId !== null) return (await world.instance()).regionId;
  return world.accountRegion();
}
