import { type AnswerAssumption, compareAnswer, type Difference } from "@/lib/diagnosis/answer-assumption";

const STORAGE_CLASSES = ["Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive"];
const OWNER = ["Owner.ID", "Owner.DisplayName"];
const LISTED = ["Name", "Prefix", "Delimiter", "MaxKeys", "EncodingType", "IsTruncated", "KeyCount"];

/**
 * What `connect-object-store.ts` and `oss-answers.ts` rely on, by ali-oss's name of the call; fields as the API's reference
 * lists them. https://www.alibabacloud.com/help/en/oss/developer-reference/list-of-operations-by-function
 */
const OSS_ASSUMPTIONS: Readonly<Record<string, AnswerAssumption>> = {
  listBuckets: {
    needs: ["ListAllMyBucketsResult.IsTruncated", ...bucketField(["Name", "Location", "StorageClass"])],
    knows: [
      ...["Prefix", "Marker", "MaxKeys", "NextMarker", ...OWNER].map(
        (field) => `ListAllMyBucketsResult.${field}`,
      ),
      // `Buckets` itself is empty in an account without any.
      ...bucketField([
        "CreationDate",
        "ExtranetEndpoint",
        "IntranetEndpoint",
        "Region",
        "Comment",
        "ResourceGroupId",
      ]),
    ],
    words: { "ListAllMyBucketsResult.Buckets.Bucket.StorageClass": STORAGE_CLASSES },
  },
  getBucketInfo: {
    needs: infoField([
      "Name",
      "Location",
      "StorageClass",
      "ExtranetEndpoint",
      "IntranetEndpoint",
      "Owner.ID",
      "AccessControlList.Grant",
    ]),
    knows: infoField([
      "AccessMonitor",
      "BlockPublicAccess",
      "BucketPolicy.*",
      "Comment",
      "CreationDate",
      "CrossRegionReplication",
      "DataRedundancyType",
      "HierarchicalNamespace",
      "Owner.DisplayName",
      "ResourceGroupId",
      "ServerSideEncryptionRule.KMSDataEncryption",
      "ServerSideEncryptionRule.KMSMasterKeyID",
      "TransferAcceleration",
    ]),
    words: {
      "BucketInfo.Bucket.StorageClass": STORAGE_CLASSES,
      "BucketInfo.Bucket.AccessControlList.Grant": ["private", "public-read", "public-read-write"],
      "BucketInfo.Bucket.ServerSideEncryptionRule.SSEAlgorithm": ["None", "AES256", "KMS", "SM4"],
      "BucketInfo.Bucket.Versioning": ["Enabled", "Suspended"],
    },
  },
  listV2: {
    needs: ["IsTruncated", "Contents.Key", "Contents.LastModified", "Contents.ETag", "Contents.Size"].map(
      (field) => `ListBucketResult.${field}`,
    ),
    knows: [
      ...LISTED,
      "StartAfter",
      "ContinuationToken",
      "NextContinuationToken",
      "CommonPrefixes.*",
      "Contents.RestoreInfo",
      "Contents.TransitionTime",
      "Contents.Owner.*",
    ].map((field) => `ListBucketResult.${field}`),
    words: {
      "ListBucketResult.Contents.StorageClass": STORAGE_CLASSES,
      "ListBucketResult.Contents.Type": ["Normal", "Multipart", "Appendable", "Symlink"],
    },
  },
  listUploads: {
    needs: ["IsTruncated", "Upload.Key", "Upload.UploadId", "Upload.Initiated"].map(
      (field) => `ListMultipartUploadsResult.${field}`,
    ),
    knows: [
      "Bucket",
      "Prefix",
      "Delimiter",
      "EncodingType",
      "KeyMarker",
      "UploadIdMarker",
      "NextKeyMarker",
      "NextUploadIdMarker",
      "MaxUploads",
      "CommonPrefixes.*",
      "Upload.Owner.*",
      "Upload.StorageClass",
      "Upload.Type",
    ].map((field) => `ListMultipartUploadsResult.${field}`),
  },
  head: {
    needs: ["content-length", "etag", "last-modified", "x-oss-hash-crc64ecma"],
    knows: ["*"],
    words: {
      "x-oss-storage-class": STORAGE_CLASSES,
      "x-oss-object-type": ["Normal", "Multipart", "Appendable", "Symlink"],
    },
  },
  "request GET lifecycle": { needs: [], knows: ["LifecycleConfiguration.Rule.*"] },
  "request GET cname": {
    needs: ["ListCnameResult.Cname.Domain"],
    knows: ["Bucket", "Owner.*", "Cname.LastModified", "Cname.IsPurgeCdnCache", "Cname.Certificate.*"].map(
      (field) => `ListCnameResult.${field}`,
    ),
    words: { "ListCnameResult.Cname.Status": ["Enabled", "Disabled"] },
  },
  "request GET cors": {
    needs: [],
    knows: [
      "ResponseVary",
      ...["AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds"].map(
        (field) => `CORSRule.${field}`,
      ),
    ].map((field) => `CORSConfiguration.${field}`),
  },
};

/** Where an answer of OSS differs from what we rely on and from what its reference lists. */
export function judgeOssAnswer(call: string, body: unknown): Difference[] {
  const assumed = Object.hasOwn(OSS_ASSUMPTIONS, call) ? OSS_ASSUMPTIONS[call] : undefined;
  return assumed === undefined
    ? [{ kind: "unknown_call", at: call, found: null }]
    : compareAnswer(body, assumed);
}

function bucketField(fields: readonly string[]): string[] {
  return fields.map((field) => `ListAllMyBucketsResult.Buckets.Bucket.${field}`);
}

function infoField(fields: readonly string[]): string[] {
  return fields.map((field) => `BucketInfo.Bucket.${field}`);
}
