import type { BucketFiles } from "./bucket-files";
import { corsElement, parseCorsRules } from "./cors";
import { integerParameter } from "./list-operations";
import { emptyAnswer, type OssAnswer, OWNER_ID, xmlAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import type { OssFiles } from "./oss-files";
import { headerOf, type OssRequest } from "./oss-request";
import { parseXmlBody } from "./parse-xml-body";
import { receiveXml } from "./receive-body";
import type { BucketRecord } from "./records";
import type { OssCredentials } from "./verify-signature";
import { element } from "./xml-document";

const ACLS = new Set(["private", "public-read", "public-read-write"]);
const STORAGE_CLASSES = new Set(["Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive"]);
const ENCRYPTIONS = new Set(["AES256", "KMS"]);

const owner = element("Owner", [element("ID", OWNER_ID), element("DisplayName", OWNER_ID)]);

function endpointsOf(regionId: string): { extranet: string; intranet: string } {
  return { extranet: `oss-${regionId}.aliyuncs.com`, intranet: `oss-${regionId}-internal.aliyuncs.com` };
}

/** GetService (ListBuckets) with prefix, marker and max-keys. */
export function listBuckets(files: OssFiles, request: OssRequest, regionId: string): OssAnswer {
  const limit = integerParameter(request, "max-keys", { default: 100, min: 1, max: 1000 });
  const prefix = request.query.get("prefix") ?? "";
  const marker = request.query.get("marker") ?? "";
  const after = files
    .listBuckets()
    .map((bucket) => bucket.record)
    .filter((record) => record.name.startsWith(prefix) && record.name > marker);
  const page = after.slice(0, limit);
  const isTruncated = after.length > page.length;
  return xmlAnswer(
    element("ListAllMyBucketsResult", [
      element("Prefix", prefix),
      element("Marker", marker),
      element("MaxKeys", limit),
      element("IsTruncated", String(isTruncated)),
      element("NextMarker", isTruncated ? (page.at(-1)?.name ?? "") : ""),
      owner,
      element(
        "Buckets",
        page.map((record) => {
          const own = record.regionId ?? regionId;
          const endpoints = endpointsOf(own);
          return element("Bucket", [
            element("CreationDate", record.createdAt),
            element("ExtranetEndpoint", endpoints.extranet),
            element("IntranetEndpoint", endpoints.intranet),
            element("Location", `oss-${own}`),
            element("Name", record.name),
            element("Region", own),
            element("StorageClass", record.storageClass),
          ]);
        }),
      ),
    ]),
  );
}

/** GetBucketInfo: what the preflight looks at before anything is uploaded. */
export function bucketInfo(bucket: BucketFiles, regionId: string): OssAnswer {
  const { record } = bucket;
  const endpoints = endpointsOf(regionId);
  return xmlAnswer(
    element("BucketInfo", [
      element("Bucket", [
        element("AccessMonitor", "Disabled"),
        element("CreationDate", record.createdAt),
        element("DataRedundancyType", "LRS"),
        element("ExtranetEndpoint", endpoints.extranet),
        element("IntranetEndpoint", endpoints.intranet),
        element("Location", `oss-${regionId}`),
        element("Name", record.name),
        element("StorageClass", record.storageClass),
        element("TransferAcceleration", "Disabled"),
        element("CrossRegionReplication", "Disabled"),
        owner,
        element("AccessControlList", [element("Grant", record.acl)]),
        element("ServerSideEncryptionRule", [element("SSEAlgorithm", record.encryption)]),
        element("BucketPolicy", [element("LogBucket", ""), element("LogPrefix", "")]),
        ...(record.isUnfamiliar ? [element("ColdTierPolicy", [element("Days", 30)])] : []),
      ]),
    ]),
  );
}

/** PutBucket: creates it, or changes the ACL of one's own. Throws OssError InvalidBucketName, InvalidArgument. */
export async function putBucket(
  files: OssFiles,
  request: OssRequest,
  name: string,
  now: Date,
): Promise<OssAnswer> {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
    throw new OssError("InvalidBucketName", { details: { BucketName: name } });
  }
  const acl = headerOf(request, "x-oss-acl") || "private";
  if (!ACLS.has(acl))
    throw new OssError("InvalidArgument", { details: { ArgumentName: "x-oss-acl", ArgumentValue: acl } });
  const body = await receiveXml(request.incoming);
  const configuration = body.length === 0 ? null : parseXmlBody(body, "CreateBucketConfiguration");
  const storageClass = configuration?.text("StorageClass") ?? "Standard";
  if (!STORAGE_CLASSES.has(storageClass)) {
    throw new OssError("InvalidArgument", {
      details: { ArgumentName: "StorageClass", ArgumentValue: storageClass },
    });
  }
  const existing = files.findBucket(name);
  if (existing !== null) existing.saveRecord({ ...existing.record, acl });
  else {
    const createdAt = now.toISOString();
    files.createBucket({ name, createdAt, acl, storageClass, encryption: "None", corsRules: [] });
  }
  return emptyAnswer(200, { Location: `/${name}` });
}

/**
 * A bucket answers at its own region's endpoint only; where it lies is told everywhere. Throws OssError AccessDenied.
 * https://www.alibabacloud.com/help/en/oss/support/0003-00001403
 */
export function assertRegion(bucket: BucketFiles, request: OssRequest, regionId: string): void {
  const own = bucket.record.regionId ?? regionId;
  if (own === regionId || (request.key === null && request.query.has("location"))) return;
  throw new OssError("AccessDenied", {
    message:
      "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    details: { Endpoint: endpointsOf(own).extranet },
  });
}

/** DeleteBucket. Throws OssError BucketNotEmpty while objects or uploads are in it. */
export function deleteBucket(files: OssFiles, bucket: BucketFiles): OssAnswer {
  if (!bucket.isEmpty) throw new OssError("BucketNotEmpty", { details: { BucketName: bucket.record.name } });
  files.removeBucket(bucket.record.name);
  return emptyAnswer(204);
}

/** A sub-resource of a bucket that can be read; null when the query names none of them. */
export function readBucketPart(
  bucket: BucketFiles,
  request: OssRequest,
  { regionId }: OssCredentials,
): OssAnswer | null {
  const { record } = bucket;
  if (request.query.has("bucketInfo")) return bucketInfo(bucket, regionId);
  if (request.query.has("location")) {
    return xmlAnswer(element("LocationConstraint", `oss-${record.regionId ?? regionId}`));
  }
  if (request.query.has("acl")) {
    return xmlAnswer(
      element("AccessControlPolicy", [owner, element("AccessControlList", [element("Grant", record.acl)])]),
    );
  }
  if (request.query.has("cname")) {
    return xmlAnswer(element("ListCnameResult", [element("Bucket", record.name), owner]));
  }
  if (request.query.has("cors")) {
    if (record.corsRules.length === 0) {
      throw new OssError("NoSuchCORSConfiguration", { details: { BucketName: record.name } });
    }
    return xmlAnswer(corsElement(record.corsRules));
  }
  if (request.query.has("lifecycle")) {
    if (record.expirationDays === undefined) {
      throw new OssError("NoSuchLifecycle", { details: { BucketName: record.name } });
    }
    const rule = [
      element("ID", "expire"),
      element("Prefix", ""),
      element("Status", "Enabled"),
      element("Expiration", [element("Days", record.expirationDays)]),
    ];
    return xmlAnswer(element("LifecycleConfiguration", [element("Rule", rule)]));
  }
  if (request.query.has("encryption")) {
    if (record.encryption === "None") {
      throw new OssError("NoSuchServerSideEncryptionRule", { details: { BucketName: record.name } });
    }
    const rule = element("ApplyServerSideEncryptionByDefault", [element("SSEAlgorithm", record.encryption)]);
    return xmlAnswer(element("ServerSideEncryptionRule", [rule]));
  }
  return null;
}

async function changedRecord(record: BucketRecord, request: OssRequest): Promise<BucketRecord | null> {
  const body = await receiveXml(request.incoming);
  if (request.query.has("cors")) {
    return { ...record, corsRules: parseCorsRules(parseXmlBody(body, "CORSConfiguration")) };
  }
  if (request.query.has("acl")) {
    const acl = headerOf(request, "x-oss-acl");
    if (!ACLS.has(acl))
      throw new OssError("InvalidArgument", { details: { ArgumentName: "x-oss-acl", ArgumentValue: acl } });
    return { ...record, acl };
  }
  if (request.query.has("encryption")) {
    const rule = parseXmlBody(body, "ServerSideEncryptionRule").nodes(
      "ApplyServerSideEncryptionByDefault",
    )[0];
    const encryption = rule?.text("SSEAlgorithm") ?? "";
    if (!ENCRYPTIONS.has(encryption)) throw new OssError("MalformedXML");
    return { ...record, encryption };
  }
  return null;
}

/** PutBucketCors, PutBucketAcl, PutBucketEncryption; null when the query names none of them. */
export async function writeBucketPart(bucket: BucketFiles, request: OssRequest): Promise<OssAnswer | null> {
  const record = await changedRecord(bucket.record, request);
  if (record === null) return null;
  bucket.saveRecord(record);
  return emptyAnswer(200);
}

/** DeleteBucketCors, DeleteBucketEncryption; null when the query names neither. */
export function deleteBucketPart(bucket: BucketFiles, request: OssRequest): OssAnswer | null {
  if (request.query.has("cors")) bucket.saveRecord({ ...bucket.record, corsRules: [] });
  else if (request.query.has("encryption")) bucket.saveRecord({ ...bucket.record, encryption: "None" });
  else return null;
  return emptyAnswer(204);
}
