import type { BucketFiles } from "./bucket-files";
import { content, getRecord, objectTraits } from "./object-operations";
import { type OssAnswer, xmlAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import type { OssFiles } from "./oss-files";
import { headerOf, type OssRequest } from "./oss-request";
import { type ReceivedBlob, storeBlob } from "./receive-body";
import type { ObjectRecord } from "./records";
import { element } from "./xml-document";

/** CopyObject takes objects of up to 1 GB; larger ones go by UploadPartCopy. */
const LARGEST_COPY_BYTES = 1_000_000_000;

/** CopyObject. Throws OssError NoSuchBucket, NoSuchKey, InvalidArgument, EntityTooLarge. */
export async function copyObject(
  files: OssFiles,
  bucket: BucketFiles,
  request: OssRequest,
  key: string,
): Promise<OssAnswer> {
  const { object } = copySource(files, request);
  const traits = objectTraits(bucket, request, key);
  const { blob, etag, crc64 } = await copyBlob(files, bucket, request, LARGEST_COPY_BYTES);
  const lastModifiedAt = new Date().toISOString();
  bucket.saveObject({
    key,
    blobs: [blob],
    sizeBytes: blob.sizeBytes,
    etag,
    crc64: crc64.toString(),
    type: "Normal",
    ...traits,
    contentType: object.contentType,
    headers: object.headers,
    lastModifiedAt,
  });
  const body = element("CopyObjectResult", [element("LastModified", lastModifiedAt), element("ETag", etag)]);
  return xmlAnswer(body, { ETag: etag, "x-oss-hash-crc64ecma": crc64.toString() });
}

/** The bytes that `x-oss-copy-source` and its range name, as a new blob of `bucket`. */
export async function copyBlob(
  files: OssFiles,
  bucket: BucketFiles,
  request: OssRequest,
  limitBytes: number,
): Promise<ReceivedBlob> {
  const { from, object } = copySource(files, request);
  const range = /^bytes=(\d+)-(\d+)$/.exec(headerOf(request, "x-oss-copy-source-range"));
  const start = range ? Number(range[1]) : 0;
  const length = range ? Number(range[2]) - start + 1 : object.sizeBytes;
  if (length < 0 || start + length > object.sizeBytes) {
    throw new OssError("InvalidRange", { details: { ActualObjectSize: String(object.sizeBytes) } });
  }
  if (length > limitBytes) throw new OssError("EntityTooLarge");
  return storeBlob(bucket, content(from, object, start, length), limitBytes, () => undefined);
}

function copySource(files: OssFiles, request: OssRequest): { from: BucketFiles; object: ObjectRecord } {
  const source = headerOf(request, "x-oss-copy-source");
  const match = /^\/([^/]+)\/(.+)$/.exec(source);
  if (!match?.[1] || !match[2]) {
    throw new OssError("InvalidArgument", {
      details: { ArgumentName: "x-oss-copy-source", ArgumentValue: source },
    });
  }
  const from = files.getBucket(match[1]);
  return { from, object: getRecord(from, decodeURIComponent(match[2])) };
}
