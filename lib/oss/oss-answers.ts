import { z } from "zod";
import type { BucketInfo } from "./object-store";
import type { OssAnswer } from "./oss-client";
import { xmlList, xmlText } from "./xml-answer";

const Info = z.object({
  Name: xmlText,
  Location: xmlText,
  StorageClass: xmlText,
  Versioning: xmlText,
  ExtranetEndpoint: xmlText,
  IntranetEndpoint: xmlText,
  ServerSideEncryptionRule: z.object({ SSEAlgorithm: xmlText }).nullable().catch(null),
  AccessControlList: z.object({ Grant: xmlText }).nullable().catch(null),
  Owner: z.object({ ID: xmlText }).nullable().catch(null),
});

/** GetBucketInfo. https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo */
export function toBucketInfo(bucket: string, answer: Record<string, unknown>): BucketInfo {
  const info = Info.parse(answer);
  return {
    name: info.Name ?? bucket,
    regionId: regionOf(info.Location),
    storageClass: info.StorageClass ?? "",
    encryption: info.ServerSideEncryptionRule?.SSEAlgorithm ?? "None",
    acl: info.AccessControlList?.Grant ?? "",
    ownerId: info.Owner?.ID ?? "",
    versioning: info.Versioning,
    extranetEndpoint: info.ExtranetEndpoint ?? "",
    intranetEndpoint: info.IntranetEndpoint ?? "",
  };
}

const Domains = z
  .object({ Cname: xmlList(z.object({ Domain: xmlText, Status: xmlText })) })
  .catch({ Cname: [] });

/** ListCname, those in use. https://www.alibabacloud.com/help/en/oss/developer-reference/listcname */
export function toDomains(answer: unknown): string[] {
  return Domains.parse(answer).Cname.flatMap(({ Domain, Status }) =>
    Domain !== null && Status !== "Disabled" ? [Domain] : [],
  );
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
