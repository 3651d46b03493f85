import OSS from "ali-oss";
import type { CallContext, TransportRequest, TransportResult } from "./http-transport";

/** The part of ali-oss that is used here. Its published types lack the transport option and half the fields. */
export interface OssClient {
  /** Any call, as ali-oss's own methods make it. `subres` names a sub-resource of the bucket. */
  request(params: {
    method: "GET" | "PUT";
    bucket: string;
    subres: string;
    content?: string;
    mime?: string;
    successStatuses: number[];
    xmlResponse?: boolean;
  }): Promise<OssAnswer & { data: unknown }>;
  signatureUrlV4(
    method: "PUT",
    seconds: number,
    request: { queries: Record<string, string> },
    name: string,
  ): Promise<string>;
  listBuckets(query: Record<string, string | number>): Promise<{
    buckets: { name?: string; region?: string; StorageClass?: string }[] | null;
    isTruncated?: boolean;
    nextMarker?: string | null;
  }>;
  getBucketInfo(name: string): Promise<{ bucket?: Record<string, unknown> }>;
  listV2(query: Record<string, string | number>): Promise<{
    objects: { name: string; lastModified: string; etag: string; size: number; storageClass: string }[];
    isTruncated: boolean;
    nextContinuationToken: string | null;
  }>;
  head(name: string): Promise<OssAnswer>;
  get(name: string, options: { headers: Record<string, string> }): Promise<OssAnswer & { content: Buffer }>;
  put(name: string, body: Buffer): Promise<OssAnswer>;
  delete(name: string): Promise<OssAnswer>;
  putBucket(name: string, options: { storageClass: string; acl: string }): Promise<unknown>;
  deleteBucket(name: string): Promise<unknown>;
  copy(name: string, sourceName: string): Promise<OssAnswer>;
  uploadPartCopy(
    name: string,
    uploadId: string,
    number: number,
    range: string,
    source: { sourceKey: string; sourceBucketName: string },
  ): Promise<OssAnswer>;
  initMultipartUpload(name: string): Promise<{ uploadId: string }>;
  listUploads(query: Record<string, string | number>): Promise<{
    uploads: { name: string; uploadId: string; initiated: string }[];
    isTruncated: boolean;
    nextKeyMarker?: string;
    nextUploadIdMarker?: string;
  }>;
  uploadPart(
    name: string,
    uploadId: string,
    number: number,
    body: Buffer,
    start: number,
    end: number,
  ): Promise<OssAnswer>;
  listParts(
    name: string,
    uploadId: string,
    query: Record<string, string | number>,
  ): Promise<{ parts: unknown; isTruncated: unknown; nextPartNumberMarker?: unknown }>;
  completeMultipartUpload(
    name: string,
    uploadId: string,
    parts: { number: number; etag: string }[],
  ): Promise<OssAnswer>;
  abortMultipartUpload(name: string, uploadId: string): Promise<OssAnswer>;
}

export interface OssAnswer {
  res: { status: number; headers: Record<string, string | string[] | undefined> };
}

export interface OssClientOptions {
  accessKeyId: string;
  accessKeySecret: string;
  stsToken?: string;
  /** Any value keeps the client from printing advice about tokens that cannot be renewed. */
  refreshSTSTokenInterval?: number;
  authorizationV4: true;
  /** `oss-cn-hangzhou`, never with `-internal`: it is part of the V4 signature's scope. */
  region: string;
  secure: boolean;
  endpoint?: string;
  /** `oss-cn-hangzhou-internal.aliyuncs.com`: only where no endpoint is given. */
  internal?: boolean;
  /** The endpoint is a domain bound to the bucket, whose name then stands nowhere in the URL. */
  cname?: boolean;
  /** Bucket in the path instead of the host name. */
  sldEnable?: boolean;
  bucket?: string;
  urllib: { request(url: string, request: TransportRequest): Promise<TransportResult> };
}

type OssConstructor = new (options: OssClientOptions, ctx: CallContext) => OssClient;

const Constructor = pickConstructor(OSS);

/** One client a call: ali-oss keeps state (cancel flags, the bucket) on the instance, and making one is cheap. */
export function createOssClient(options: OssClientOptions, ctx: CallContext): OssClient {
  return new Constructor(options, ctx);
}

/** CommonJS: depending on the loader the class is the module or its `default`. */
function pickConstructor(imported: unknown): OssConstructor {
  for (const candidate of [imported, Reflect.get(Object(imported), "default")]) {
    if (typeof candidate === "function") return candidate as OssConstructor;
  }
  throw new Error("ali-oss has no constructor.");
}
