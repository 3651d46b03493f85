import { createReadStream } from "node:fs";
import type { BucketFiles } from "./bucket-files";
import { emptyAnswer, type OssAnswer, xmlAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import { blobRanges } from "./oss-files";
import { headerOf, type OssRequest } from "./oss-request";
import { parseXmlBody } from "./parse-xml-body";
import { receiveBlob, receiveXml } from "./receive-body";
import type { ObjectRecord } from "./records";
import { element } from "./xml-document";

/** A single PUT takes at most 5 GB. */
const LARGEST_PUT_BYTES = 5 * 1024 ** 3;
const READ_BYTES = 256 * 1024;

const KEPT_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
];

/** What a new object takes from its request. Throws OssError InvalidObjectName, FileAlreadyExists. */
export function objectTraits(bucket: BucketFiles, request: OssRequest, key: string) {
  if (Buffer.byteLength(key) > 1023 || key.startsWith("/") || key.startsWith("\\")) {
    throw new OssError("InvalidObjectName", { details: { ObjectName: key } });
  }
  if (headerOf(request, "x-oss-forbid-overwrite") === "true" && bucket.findObject(key) !== null) {
    throw new OssError("FileAlreadyExists");
  }
  const headers = Object.fromEntries(
    Object.keys(request.incoming.headers)
      .filter((name) => KEPT_HEADERS.includes(name) || name.startsWith("x-oss-meta-"))
      .map((name) => [name, headerOf(request, name)]),
  );
  return {
    contentType: headerOf(request, "content-type") || "application/octet-stream",
    headers,
    storageClass: headerOf(request, "x-oss-storage-class") || bucket.record.storageClass,
    encryption: headerOf(request, "x-oss-server-side-encryption") || bucket.record.encryption,
  };
}

/** Throws OssError NoSuchKey. */
export function getRecord(bucket: BucketFiles, key: string): ObjectRecord {
  const object = bucket.findObject(key);
  if (object === null) throw new OssError("NoSuchKey", { details: { Key: key } });
  return object;
}

export async function putObject(bucket: BucketFiles, request: OssRequest, key: string): Promise<OssAnswer> {
  const traits = objectTraits(bucket, request, key);
  const received = await receiveBlob(bucket, request.incoming, LARGEST_PUT_BYTES);
  const crc64 = received.crc64.toString();
  bucket.saveObject({
    key,
    blobs: [received.blob],
    sizeBytes: received.blob.sizeBytes,
    etag: received.etag,
    crc64,
    type: "Normal",
    ...traits,
    lastModifiedAt: new Date().toISOString(),
  });
  const md5 = Buffer.from(received.etag.slice(1, -1), "hex").toString("base64");
  return emptyAnswer(200, { ETag: received.etag, "x-oss-hash-crc64ecma": crc64, "Content-MD5": md5 });
}

/** Conditional headers, in the order HTTP gives them. Throws OssError PreconditionFailed or NotModified. */
function assertConditions(request: OssRequest, object: ObjectRecord): void {
  const isEtag = (header: string) =>
    header
      .split(",")
      .some((one) => one.trim() === "*" || one.trim().replaceAll('"', "") === object.etag.slice(1, -1));
  const modifiedSecond = Math.floor(Date.parse(object.lastModifiedAt) / 1000) * 1000;
  const ifMatch = headerOf(request, "if-match");
  if (ifMatch !== "" && !isEtag(ifMatch))
    throw new OssError("PreconditionFailed", { details: { Condition: "If-Match" } });
  const unmodifiedSince = Date.parse(headerOf(request, "if-unmodified-since"));
  if (modifiedSecond > unmodifiedSince) {
    throw new OssError("PreconditionFailed", { details: { Condition: "If-Unmodified-Since" } });
  }
  const ifNoneMatch = headerOf(request, "if-none-match");
  if (ifNoneMatch !== "" && isEtag(ifNoneMatch)) throw new OssError("NotModified");
  if (modifiedSecond <= Date.parse(headerOf(request, "if-modified-since"))) throw new OssError("NotModified");
}

function objectHeaders(object: ObjectRecord): Record<string, string> {
  return {
    "Content-Type": object.contentType,
    ETag: object.etag,
    "Last-Modified": new Date(object.lastModifiedAt).toUTCString(),
    "Accept-Ranges": "bytes",
    "x-oss-object-type": object.type,
    "x-oss-hash-crc64ecma": object.crc64,
    "x-oss-storage-class": object.storageClass,
    ...(object.encryption === "None" ? {} : { "x-oss-server-side-encryption": object.encryption }),
    ...object.headers,
  };
}

/**
 * The bytes a Range header asks for, null for the whole object. OSS ignores a range that is not wholly inside the object
 * unless `x-oss-range-behavior: standard` is sent; then the end is cut and a start beyond the end is InvalidRange.
 */
function parseRange(request: OssRequest, sizeBytes: number): { start: number; end: number } | null {
  const range = /^bytes=(\d*)-(\d*)$/.exec(headerOf(request, "range").split(",")[0]?.trim() ?? "");
  if (range === null || (range[1] === "" && range[2] === "")) return null;
  const isStandard = headerOf(request, "x-oss-range-behavior") === "standard";
  const isSuffix = range[1] === "";
  const start = isSuffix ? sizeBytes - Number(range[2]) : Number(range[1]);
  const end = isSuffix || range[2] === "" ? sizeBytes - 1 : Number(range[2]);
  if (!isSuffix && end < start && range[2] !== "") return null;
  if (start >= sizeBytes && isStandard)
    throw new OssError("InvalidRange", { details: { ActualObjectSize: String(sizeBytes) } });
  if (start >= 0 && start < sizeBytes && end < sizeBytes) return { start, end };
  if (!isStandard) return null;
  return { start: Math.max(0, start), end: Math.min(end, sizeBytes - 1) };
}

/** Bytes [start, start + length) of an object. */
export async function* content(bucket: BucketFiles, object: ObjectRecord, start: number, length: number) {
  for (const range of blobRanges(object, start, length)) {
    const end = range.start + range.length - 1;
    const stream = createReadStream(bucket.blobPath(range.file), {
      start: range.start,
      end,
      highWaterMark: READ_BYTES,
    });
    yield* stream as AsyncIterable<Uint8Array>;
  }
}

/** GetObject, with Range, conditions and `response-*` overrides. */
export function getObject(bucket: BucketFiles, request: OssRequest, key: string): OssAnswer {
  const object = getRecord(bucket, key);
  assertConditions(request, object);
  const headers = objectHeaders(object);
  for (const name of ["content-type", "content-disposition", "cache-control"]) {
    const value = request.query.get(`response-${name}`);
    if (value !== undefined) headers[name === "content-type" ? "Content-Type" : name] = value;
  }
  const range = parseRange(request, object.sizeBytes);
  const start = range?.start ?? 0;
  const length = range === null ? object.sizeBytes : range.end - range.start + 1;
  headers["Content-Length"] = String(length);
  if (range !== null) headers["Content-Range"] = `bytes ${range.start}-${range.end}/${object.sizeBytes}`;
  return { status: range === null ? 200 : 206, headers, body: content(bucket, object, start, length) };
}

/** HeadObject and GetObjectMeta. */
export function headObject(bucket: BucketFiles, request: OssRequest, key: string): OssAnswer {
  const object = getRecord(bucket, key);
  assertConditions(request, object);
  return emptyAnswer(200, { ...objectHeaders(object), "Content-Length": String(object.sizeBytes) });
}

/** DeleteObject: also "deletes" what is not there. */
export function deleteObject(bucket: BucketFiles, key: string): OssAnswer {
  bucket.deleteObject(key);
  return emptyAnswer(204);
}

/** DeleteMultipleObjects: up to 1000 keys. Throws OssError MalformedXML. */
export async function deleteObjects(bucket: BucketFiles, request: OssRequest): Promise<OssAnswer> {
  const document = parseXmlBody(await receiveXml(request.incoming), "Delete");
  const keys = document.nodes("Object").map((node) => node.text("Key") ?? "");
  if (keys.length === 0 || keys.length > 1000 || keys.includes("")) throw new OssError("MalformedXML");
  for (const key of keys) bucket.deleteObject(key);
  const isQuiet = document.text("Quiet") === "true";
  const deleted = isQuiet ? [] : keys.map((key) => element("Deleted", [element("Key", key)]));
  return xmlAnswer(element("DeleteResult", deleted));
}
