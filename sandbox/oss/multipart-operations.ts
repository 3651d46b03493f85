import { createHash, randomBytes } from "node:crypto";
import type { BucketFiles, OpenUpload } from "./bucket-files";
import { copyBlob } from "./copy-operations";
import { combineCrc64 } from "./crc64";
import { integerParameter, nameEncoder } from "./list-operations";
import { objectTraits } from "./object-operations";
import { emptyAnswer, type OssAnswer, xmlAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import type { OssFiles } from "./oss-files";
import { headerOf, type OssRequest } from "./oss-request";
import { parseXmlBody } from "./parse-xml-body";
import { type ReceivedBlob, receiveBlob, receiveXml } from "./receive-body";
import type { PartRecord } from "./records";
import { element } from "./xml-document";

/** Every part but the last is at least this big, and none is bigger than 5 GB. */
const SMALLEST_PART_BYTES = 100 * 1024;
const LARGEST_PART_BYTES = 5 * 1024 ** 3;

function getUpload(bucket: BucketFiles, request: OssRequest, key: string): OpenUpload {
  const uploadId = request.query.get("uploadId") ?? "";
  const upload = bucket.findUpload(key, uploadId);
  if (upload === null) throw new OssError("NoSuchUpload", { details: { UploadId: uploadId } });
  return upload;
}

/** InitiateMultipartUpload. */
export function startUpload(bucket: BucketFiles, request: OssRequest, key: string): OssAnswer {
  const encode = nameEncoder(request);
  const traits = objectTraits(bucket, request, key);
  const uploadId = randomBytes(16).toString("hex").toUpperCase();
  bucket.saveUpload({ uploadId, key, initiatedAt: new Date().toISOString(), ...traits });
  return xmlAnswer(
    element("InitiateMultipartUploadResult", [
      element("Bucket", bucket.record.name),
      element("Key", encode(key)),
      element("UploadId", uploadId),
    ]),
  );
}

/** UploadPart: numbers 1 to 10000, the same number again replaces the part. */
export async function uploadPart(bucket: BucketFiles, request: OssRequest, key: string): Promise<OssAnswer> {
  const part = await receivePart(bucket, request, key, () =>
    receiveBlob(bucket, request.incoming, LARGEST_PART_BYTES),
  );
  return emptyAnswer(200, { ETag: part.etag, "x-oss-hash-crc64ecma": part.crc64 });
}

/** UploadPartCopy: the part's bytes come from another object, by `x-oss-copy-source-range` or whole. */
export async function copyPart(
  files: OssFiles,
  bucket: BucketFiles,
  request: OssRequest,
  key: string,
): Promise<OssAnswer> {
  const part = await receivePart(bucket, request, key, () =>
    copyBlob(files, bucket, request, LARGEST_PART_BYTES),
  );
  const body = element("CopyPartResult", [
    element("LastModified", part.lastModifiedAt),
    element("ETag", part.etag),
  ]);
  return xmlAnswer(body, { ETag: part.etag, "x-oss-hash-crc64ecma": part.crc64 });
}

async function receivePart(
  bucket: BucketFiles,
  request: OssRequest,
  key: string,
  receive: () => Promise<ReceivedBlob>,
): Promise<PartRecord> {
  const text = request.query.get("partNumber") ?? "";
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 10_000) {
    throw new OssError("InvalidArgument", {
      message: "Part number must be an integer between 1 and 10000, inclusive.",
      details: { ArgumentName: "partNumber", ArgumentValue: text },
    });
  }
  const upload = getUpload(bucket, request, key);
  const { blob, etag, crc64 } = await receive();
  const part = { number, blob, etag, crc64: crc64.toString(), lastModifiedAt: new Date().toISOString() };
  if (!bucket.savePart(upload, part)) {
    throw new OssError("NoSuchUpload", { details: { UploadId: upload.record.uploadId } });
  }
  return part;
}

/** ListParts, up to 1000 a page, in the order of their numbers. */
export function listParts(bucket: BucketFiles, request: OssRequest, key: string): OssAnswer {
  const encode = nameEncoder(request);
  const limit = integerParameter(request, "max-parts", { default: 1000, min: 1, max: 1000 });
  const marker = integerParameter(request, "part-number-marker", { default: 0, min: 0, max: 10_000 });
  const upload = getUpload(bucket, request, key);
  const after = [...upload.parts.values()]
    .filter((part) => part.number > marker)
    .sort((left, right) => left.number - right.number);
  const page = after.slice(0, limit);
  return xmlAnswer(
    element("ListPartsResult", [
      element("Bucket", bucket.record.name),
      element("Key", encode(key)),
      element("UploadId", upload.record.uploadId),
      element("StorageClass", upload.record.storageClass),
      element("PartNumberMarker", marker),
      element("NextPartNumberMarker", page.at(-1)?.number ?? marker),
      element("MaxParts", limit),
      element("IsTruncated", String(after.length > page.length)),
      ...page.map((part) =>
        element("Part", [
          element("PartNumber", part.number),
          element("LastModified", part.lastModifiedAt),
          element("ETag", part.etag),
          element("HashCrc64ecma", part.crc64),
          element("Size", part.blob.sizeBytes),
        ]),
      ),
    ]),
  );
}

/** The parts the caller names, found and compared. Throws OssError MalformedXML, InvalidPartOrder, InvalidPart. */
function chooseParts(upload: OpenUpload, body: Uint8Array): PartRecord[] {
  const asked = parseXmlBody(body, "CompleteMultipartUpload")
    .nodes("Part")
    .map((node) => ({
      number: Number(node.text("PartNumber")?.trim() ?? ""),
      etag: (node.text("ETag") ?? "").trim().replaceAll('"', "").toUpperCase(),
    }));
  if (asked.length === 0 || asked.some((part) => !Number.isInteger(part.number) || part.etag === "")) {
    throw new OssError("MalformedXML");
  }
  return asked.map((part, index) => {
    const previous = asked[index - 1];
    if (previous !== undefined && part.number <= previous.number) throw new OssError("InvalidPartOrder");
    const found = upload.parts.get(part.number);
    if (found === undefined || found.etag !== `"${part.etag}"`) {
      throw new OssError("InvalidPart", {
        details: {
          UploadId: upload.record.uploadId,
          PartNumber: String(part.number),
          PartEtag: part.etag,
        },
      });
    }
    return found;
  });
}

/**
 * CompleteMultipartUpload. The ETag is the MD5 of the parts' MD5s with `-N`; the CRC is combined from those of the parts.
 * Throws OssError EntityTooSmall when a part other than the last is under 100 KB.
 */
export async function completeUpload(
  bucket: BucketFiles,
  request: OssRequest,
  key: string,
): Promise<OssAnswer> {
  const encode = nameEncoder(request);
  const body = await receiveXml(request.incoming);
  const upload = getUpload(bucket, request, key);
  const isAll = headerOf(request, "x-oss-complete-all") === "yes";
  const parts = isAll
    ? [...upload.parts.values()].sort((left, right) => left.number - right.number)
    : chooseParts(upload, body);
  const small = parts.slice(0, -1).find((part) => part.blob.sizeBytes < SMALLEST_PART_BYTES);
  if (small !== undefined) {
    throw new OssError("EntityTooSmall", {
      details: {
        MinSizeAllowed: String(SMALLEST_PART_BYTES),
        ProposedSize: String(small.blob.sizeBytes),
        PartNumber: String(small.number),
      },
    });
  }
  if (headerOf(request, "x-oss-forbid-overwrite") === "true" && bucket.findObject(key) !== null) {
    throw new OssError("FileAlreadyExists");
  }
  const md5 = createHash("md5");
  for (const part of parts) md5.update(Buffer.from(part.etag.slice(1, -1), "hex"));
  const etag = `"${md5.digest("hex").toUpperCase()}-${parts.length}"`;
  const crc64 = combineCrc64(
    parts.map((part) => ({ crc64: BigInt(part.crc64), sizeBytes: part.blob.sizeBytes })),
  ).toString();
  const { contentType, headers, storageClass, encryption } = upload.record;
  bucket.completeUpload(upload, {
    key,
    blobs: parts.map((part) => part.blob),
    sizeBytes: parts.reduce((sum, part) => sum + part.blob.sizeBytes, 0),
    etag,
    crc64,
    type: "Multipart",
    contentType,
    headers,
    storageClass,
    encryption,
    lastModifiedAt: new Date().toISOString(),
  });
  return xmlAnswer(
    element("CompleteMultipartUploadResult", [
      element("Location", `http://${headerOf(request, "host")}/${encodeURIComponent(key)}`),
      element("Bucket", bucket.record.name),
      element("Key", encode(key)),
      element("ETag", etag),
    ]),
    { ETag: etag, "x-oss-hash-crc64ecma": crc64 },
  );
}

/** AbortMultipartUpload. */
export function abortUpload(bucket: BucketFiles, request: OssRequest, key: string): OssAnswer {
  bucket.abortUpload(getUpload(bucket, request, key));
  return emptyAnswer(204);
}
