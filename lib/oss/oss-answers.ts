import type { BucketInfo } from "./object-store";
import type { OssAnswer } from "./oss-client";

/** GetBucketInfo. https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo */
export function toBucketInfo(bucket: string, info: Record<string, unknown>): BucketInfo {
  const text = (value: unknown, key: string): string | null => {
    const field: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
    return typeof field === "string" && field !== "" ? field : null;
  };
  return {
    name: text(info, "Name") ?? bucket,
    regionId: regionOf(text(info, "Location")),
    storageClass: text(info, "StorageClass") ?? "",
    encryption: text(info.ServerSideEncryptionRule, "SSEAlgorithm") ?? "None",
    acl: text(info.AccessControlList, "Grant") ?? "",
    ownerId: text(info.Owner, "ID") ?? "",
    versioning: text(info, "Versioning"),
    extranetEndpoint: text(info, "ExtranetEndpoint") ?? "",
    intranetEndpoint: text(info, "IntranetEndpoint") ?? "",
  };
}

/** `oss-cn-hangzhou` is the region `cn-hangzhou`. */
export function regionOf(location: string | null | undefined): string {
  return (location ?? "").replace(/^oss-/, "");
}

export function headerOf(answer: OssAnswer, name: string): string | null {
  const value = answer.res.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** CRC-64 as decimal digits, null when OSS did not say. */
export function crcOf(answer: OssAnswer): string | null {
  return headerOf(answer, "x-oss-hash-crc64ecma");
}

export function unquote(etag: string): string {
  return etag.replace(/^"|"$/g, "");
}

/** ISO 8601 from what OSS says in lists (ISO) and in headers (HTTP date). */
export function toInstant(text: string): string {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString();
}
