/**
 * OSS as the product sees it, one bucket at a time. Implemented over `ali-oss` by `connectObjectStore`.
 * Every method throws ExternalError (system `oss`, providerCode = OSS's Code).
 */
export interface ObjectStoreConfig {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | null;
  /** `cn-hangzhou` */
  regionId: string;
  /** `https://oss-cn-hangzhou.aliyuncs.com`; null: the region's public endpoint. */
  endpoint?: string | null;
  timeoutMs?: number;
}

export interface BucketInfo {
  name: string;
  /** `cn-hangzhou`: Location without its `oss-`. */
  regionId: string;
  storageClass: string;
  /** `None`, `AES256`, `KMS`. */
  encryption: string;
  acl: string;
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

export interface UploadedPart {
  number: number;
  etag: string;
  sizeBytes: number;
  /** CRC-64/XZ as decimal digits; null when OSS did not say. */
  crc64: string | null;
}

export interface ObjectStore {
  listBuckets(): Promise<{ name: string; regionId: string; storageClass: string }[]>;
  bucketInfo(bucket: string): Promise<BucketInfo>;
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
    part: { bucket: string; key: string; uploadId: string; number: number; body: Uint8Array },
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
}
