/** What the sandbox's OSS keeps on disk, one JSON file a record. Instants are ISO 8601 UTC, sizes bytes. */
export interface CorsRule {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number | null;
}

export interface BucketRecord {
  name: string;
  createdAt: string;
  acl: string;
  storageClass: string;
  /** `None`, `AES256` or `KMS`. */
  encryption: string;
  /** Absent: the region whose endpoint this server is. */
  regionId?: string;
  /** A rule deletes objects so many days after their last change; absent: none does. */
  expirationDays?: number;
  /** Its description has an element that no document has. */
  isUnfamiliar?: boolean;
  corsRules: CorsRule[];
}

/** A file of content in the bucket's `blobs` folder; never changed once it is referred to. */
export interface Blob {
  file: string;
  sizeBytes: number;
}

export interface ObjectRecord {
  key: string;
  /** The content is these, end to end: completing a multipart upload copies nothing. */
  blobs: Blob[];
  sizeBytes: number;
  /** With its quotes. */
  etag: string;
  /** CRC-64/XZ in decimal digits. */
  crc64: string;
  type: "Normal" | "Multipart";
  contentType: string;
  /** Content-Disposition and the like, and x-oss-meta-*: answered as they were given. */
  headers: Record<string, string>;
  storageClass: string;
  encryption: string;
  lastModifiedAt: string;
}

export interface UploadRecord {
  uploadId: string;
  key: string;
  initiatedAt: string;
  contentType: string;
  headers: Record<string, string>;
  storageClass: string;
  encryption: string;
}

export interface PartRecord {
  number: number;
  blob: Blob;
  etag: string;
  crc64: string;
  lastModifiedAt: string;
}
