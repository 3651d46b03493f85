import type { BucketFiles } from "./bucket-files";
import { listKeys } from "./list-keys";
import { type OssAnswer, OWNER_ID, xmlAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import type { OssRequest } from "./oss-request";
import { element } from "./xml-document";

/** An integer parameter within its bounds, or its default when absent. Throws OssError InvalidArgument. */
export function integerParameter(
  request: OssRequest,
  name: string,
  bounds: { default: number; min: number; max: number },
): number {
  const text = request.query.get(name);
  if (text === undefined || text === "") return bounds.default;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < bounds.min || value > bounds.max) {
    throw new OssError("InvalidArgument", {
      message: `Argument ${name} must be an integer between ${bounds.min} and ${bounds.max}.`,
      details: { ArgumentName: name, ArgumentValue: text },
    });
  }
  return value;
}

/** How names are written in the answer: percent-encoded when asked with `encoding-type=url`. */
export function nameEncoder(request: OssRequest): (name: string) => string {
  const encoding = request.query.get("encoding-type") ?? "";
  if (encoding !== "" && encoding !== "url") {
    throw new OssError("InvalidArgument", {
      message: "Invalid Encoding Method specified in Request.",
      details: { ArgumentName: "encoding-type", ArgumentValue: encoding },
    });
  }
  return encoding === "url" ? (name) => encodeURIComponent(name) : (name) => name;
}

const owner = element("Owner", [element("ID", OWNER_ID), element("DisplayName", OWNER_ID)]);

function contents(
  bucket: BucketFiles,
  keys: readonly string[],
  encode: (name: string) => string,
  withOwner: boolean,
) {
  return keys.flatMap((key) => {
    const object = bucket.findObject(key);
    if (object === null) return [];
    return [
      element("Contents", [
        element("Key", encode(key)),
        element("LastModified", object.lastModifiedAt),
        element("ETag", object.etag),
        element("Type", object.type),
        element("Size", object.sizeBytes),
        element("StorageClass", object.storageClass),
        ...(withOwner ? [owner] : []),
      ]),
    ];
  });
}

function prefixes(names: readonly string[], encode: (name: string) => string): string[] {
  return names.map((name) => element("CommonPrefixes", [element("Prefix", encode(name))]));
}

function encodingElement(request: OssRequest): string[] {
  const encoding = request.query.get("encoding-type") ?? "";
  return encoding === "" ? [] : [element("EncodingType", encoding)];
}

/** ListObjects (GetBucket), the first version: pages by `marker`. */
export function listObjects(bucket: BucketFiles, request: OssRequest): OssAnswer {
  const encode = nameEncoder(request);
  const limit = integerParameter(request, "max-keys", { default: 100, min: 1, max: 1000 });
  const [prefix = "", delimiter = "", marker = ""] = ["prefix", "delimiter", "marker"].map((name) =>
    request.query.get(name),
  );
  const page = listKeys(bucket.sortedKeys(), { prefix, delimiter, after: marker, limit });
  return xmlAnswer(
    element("ListBucketResult", [
      element("Name", bucket.record.name),
      element("Prefix", encode(prefix)),
      element("Marker", encode(marker)),
      element("MaxKeys", limit),
      element("Delimiter", encode(delimiter)),
      ...encodingElement(request),
      element("IsTruncated", String(page.isTruncated)),
      ...(page.isTruncated ? [element("NextMarker", encode(page.next))] : []),
      ...contents(bucket, page.keys, encode, true),
      ...prefixes(page.commonPrefixes, encode),
    ]),
  );
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (Buffer.from(text).toString("base64") !== token) {
    throw new OssError("InvalidArgument", {
      message: "The continuation token provided is incorrect",
      details: { ArgumentName: "continuation-token", ArgumentValue: token },
    });
  }
  return text;
}

/** ListObjectsV2: pages by an opaque token, begins after `start-after`. */
export function listObjectsV2(bucket: BucketFiles, request: OssRequest): OssAnswer {
  const encode = nameEncoder(request);
  const limit = integerParameter(request, "max-keys", { default: 100, min: 1, max: 1000 });
  const [prefix = "", delimiter = "", startAfter = ""] = ["prefix", "delimiter", "start-after"].map((name) =>
    request.query.get(name),
  );
  const token = request.query.get("continuation-token") ?? "";
  const after = token === "" ? startAfter : decodeToken(token);
  const page = listKeys(bucket.sortedKeys(), { prefix, delimiter, after, limit });
  const withOwner = request.query.get("fetch-owner") === "true";
  return xmlAnswer(
    element("ListBucketResult", [
      element("Name", bucket.record.name),
      element("Prefix", encode(prefix)),
      element("StartAfter", encode(startAfter)),
      element("MaxKeys", limit),
      element("Delimiter", encode(delimiter)),
      ...encodingElement(request),
      element("IsTruncated", String(page.isTruncated)),
      ...(token === "" ? [] : [element("ContinuationToken", token)]),
      ...(page.isTruncated
        ? [element("NextContinuationToken", Buffer.from(page.next).toString("base64"))]
        : []),
      element("KeyCount", page.keys.length + page.commonPrefixes.length),
      ...contents(bucket, page.keys, encode, withOwner),
      ...prefixes(page.commonPrefixes, encode),
    ]),
  );
}

/** ListMultipartUploads: uploads in progress by key, then upload id. */
export function listUploads(bucket: BucketFiles, request: OssRequest): OssAnswer {
  const encode = nameEncoder(request);
  const limit = integerParameter(request, "max-uploads", { default: 1000, min: 1, max: 1000 });
  const [prefix = "", delimiter = "", keyMarker = "", idMarker = ""] = [
    "prefix",
    "delimiter",
    "key-marker",
    "upload-id-marker",
  ].map((name) => request.query.get(name));
  const rolledUp = new Set<string>();
  const after = bucket.listUploads().filter(({ record }) => {
    if (!record.key.startsWith(prefix)) return false;
    const cut = delimiter === "" ? -1 : record.key.indexOf(delimiter, prefix.length);
    if (cut >= 0) rolledUp.add(record.key.slice(0, cut + delimiter.length));
    if (cut >= 0) return false;
    if (keyMarker === "") return true;
    return (
      record.key > keyMarker || (record.key === keyMarker && idMarker !== "" && record.uploadId > idMarker)
    );
  });
  const page = after.slice(0, limit);
  const last = page.at(-1)?.record;
  const isTruncated = after.length > page.length && last !== undefined;
  return xmlAnswer(
    element("ListMultipartUploadsResult", [
      element("Bucket", bucket.record.name),
      element("KeyMarker", encode(keyMarker)),
      element("UploadIdMarker", idMarker),
      element("NextKeyMarker", isTruncated ? encode(last.key) : ""),
      element("NextUploadIdMarker", isTruncated ? last.uploadId : ""),
      element("Delimiter", encode(delimiter)),
      element("Prefix", encode(prefix)),
      element("MaxUploads", limit),
      ...encodingElement(request),
      element("IsTruncated", String(isTruncated)),
      ...page.map(({ record }) =>
        element("Upload", [
          element("Key", encode(record.key)),
          element("UploadId", record.uploadId),
          element("StorageClass", record.storageClass),
          element("Initiated", record.initiatedAt),
        ]),
      ),
      ...prefixes([...rolledUp], encode),
    ]),
  );
}
