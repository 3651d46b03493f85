/** A part of a multipart upload as OSS has it. */
export interface UploadedPart {
  number: number;
  etag: string;
  sizeBytes: number;
  /** CRC-64/XZ as decimal digits; null when OSS did not say. */
  crc64: string | null;
}
