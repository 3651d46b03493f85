import type { LookupFunction } from "node:net";
import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import type { CloudCredentialSource } from "@/lib/diagnosis/cloud-credentials";
import type { BrowserAccess } from "./browser-access";
import type { LifecycleRule } from "./lifecycle-rule";
import type { UploadedPart } from "./uploaded-part";

/**
 * OSS as the product sees it, one bucket at a time. Implemented over `ali-oss` by `connectObjectStore`.
 * Every method throws ExternalError (system `oss`, providerCode = OSS's Code).
 */
export type ObjectStoreConfig = CloudCredentialSource & {
  /** `cn-hangzhou` */
  regionId: string;
  /** `https://oss-cn-hangzhou.aliyuncs.com`; null: the region's public endpoint. */
  endpoint?: string | null;
  /** Without an endpoint: the region's internal one, for machines inside it. Browsers get the public one all the same. */
  internal?: boolean;
  /** `https://backup.example.com`, bound to the bucket: objects are read and written over it. */
  domain?: string | null;
  /** PEM of authorities that are trusted besides the usual ones. */
  certificateAuthority?: string | null;
  timeoutMs?: number;
  /** Resolves the endpoint's name for each new connection; absent: the system's. */
  lookup?: LookupFunction | undefined;
  /** Told every document that OSS answers with, and the headers of `head`, by ali-oss's name of the call. */
  onAnswer?: AnswerObserver | undefined;
};

export interface BucketInfo {
  name: string;
  /** `cn-hangzhou`: Location without its `oss-`. */
  regionId: string;
  storageClass: string;
  /** `None`, `AES256`, `KMS`. */
  encryption: string;
  acl: string;
  /** Account number of its owner. */
  ownerId: string;
  /** `Enabled`, `Suspended`; null: never switched on. */
  versioning: string | null;
  /** `oss-cn-hangzhou.aliyuncs.com`: what OssObjectPositions wants. */
  extranetEndpoint: string;
  intranetEndpoint: string;
}

export interface ObjectEntry {
  key: string;
  sizeBytes: number;
  lastModifiedAt: string;
  etag: string;
  storageClass: string;
}

/** A part's bytes, written by their owner when the connection takes them. */
export interface PartBody {
  sizeBytes: number;
  /** `write` resolves when the memory of `bytes` may be used again. May be called once. */
  send(write: (bytes: Uint8Array) => Promise<void>): Promise<void>;
}

/** A way to a bucket's objects other than the configured one: another endpoint, or a custom domain bound to it. */
export type ObjectWay = { endpoint: string } | { domain: string };

export interface ObjectStore {
  browser: BrowserAccess;
  /** The same account by another way. */
  by(way: ObjectWay): ObjectStore;
  /** Host names of custom domains bound to the bucket and in use. */
  listDomains(bucket: string): Promise<string[]>;
  listBuckets(): Promise<{ name: string; regionId: string; storageClass: string }[]>;
  bucketInfo(bucket: string): Promise<BucketInfo>;
  /** Empty when the bucket has none. */
  listLifecycleRules(bucket: string): Promise<LifecycleRule[]>;
  listObjects(query: {
    bucket: string;
    prefix: string;
    /** Only keys after this one, in OSS's order. */
    startAfter?: string;
    continuationToken?: string;
    limit?: number;
  }): Promise<{ objects: ObjectEntry[]; nextContinuationToken: string | null }>;
  headObject(object: {
    bucket: string;
    key: string;
  }): Promise<(ObjectEntry & { crc64: string | null }) | null>;
  /** Bytes [offset, offset+length), fewer only at the object's end. */
  readRange(
    object: { bucket: string; key: string },
    offset: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  startUpload(object: { bucket: string; key: string }): Promise<{ uploadId: string }>;
  listUploads(query: {
    bucket: string;
    prefix: string;
  }): Promise<{ key: string; uploadId: string; startedAt: string }[]>;
  uploadPart(
    part: { bucket: string; key: string; uploadId: string; number: number; body: Uint8Array | PartBody },
    signal?: AbortSignal,
  ): Promise<UploadedPart>;
  listParts(upload: { bucket: string; key: string; uploadId: string }): Promise<UploadedPart[] | null>;
  completeUpload(upload: {
    bucket: string;
    key: string;
    uploadId: string;
    parts: { number: number; etag: string }[];
  }): Promise<{ etag: string; crc64: string | null }>;
  abortUpload(upload: { bucket: string; key: string; uploadId: string }): Promise<void>;
  putObject(object: {
    bucket: string;
    key: string;
    body: Uint8Array;
  }): Promise<{ etag: string; crc64: string | null }>;
  deleteObject(object: { bucket: string; key: string }): Promise<void>;
  /** Standard, private, unencrypted. */
  createBucket(bucket: { bucket: string; regionId: string }): Promise<void>;
  /** Only an empty one: OSS answers BucketNotEmpty otherwise. */
  deleteBucket(bucket: string): Promise<void>;
  /** Inside OSS, up to 1 GB; `copyObject` of copy-object.ts takes any size. */
  copyObject(object: { bucket: string; fromKey: string; toKey: string }): Promise<void>;
  /** Bytes [offset, offset+length) of another object as a part of an upload. */
  copyPart(part: {
    bucket: string;
    fromKey: string;
    toKey: string;
    uploadId: string;
    number: number;
    offset: number;
    length: number;
  }): Promise<{ etag: string }>;
}
