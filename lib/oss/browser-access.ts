import type { Readable } from "node:stream";
import type { UploadedPart } from "./uploaded-part";

/** One rule of a bucket's cross-origin configuration. A pattern holds at most one `*`. */
export interface CorsRule {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number | null;
}

export interface BucketCors {
  rules: CorsRule[];
  /** Whether OSS answers `Vary: Origin`; kept when rules are written, because both travel in one document. */
  responseVary: boolean;
}

/** What lets a browser send parts: straight to OSS by presigned URL, or through this process. Throws ExternalError. */
export interface BrowserAccess {
  /**
   * A URL that allows exactly one thing, PUT of this part of this upload, for `seconds`; asks OSS nothing. It names the
   * public endpoint even where this process uses the internal one.
   */
  presignPart(part: {
    bucket: string;
    key: string;
    uploadId: string;
    number: number;
    seconds: number;
  }): Promise<string>;
  /** Passes a stream on as a part without holding it. `sizeBytes` must be what will come. */
  relayPart(
    part: {
      bucket: string;
      key: string;
      uploadId: string;
      number: number;
      sizeBytes: number;
      body: Readable;
    },
    signal?: AbortSignal,
  ): Promise<UploadedPart>;
  bucketCors(bucket: string): Promise<BucketCors>;
  /** Replaces all rules of the bucket. */
  setBucketCors(bucket: string, cors: BucketCors): Promise<void>;
}
