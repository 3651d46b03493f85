import { createHash, createHmac } from "node:crypto";
import { byName, joinPair, ossHeaderNames } from "./canonical-parts";
import { headerOf, type OssRequest } from "./oss-request";

export interface V4Scope {
  /** `yyyyMMdd` */
  day: string;
  /** `cn-hangzhou` */
  region: string;
  /** `yyyyMMddTHHmmssZ` */
  date: string;
  /** Lower-case names of further signed headers, `;` between them. */
  additional: string;
  payload: string;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalRequest(request: OssRequest, scope: V4Scope): string {
  const additional = scope.additional === "" ? [] : scope.additional.toLowerCase().split(";").sort();
  const signed = new Set([...additional, ...ossHeaderNames(request)]);
  for (const name of ["content-type", "content-md5"]) {
    if (request.incoming.headers[name] !== undefined) signed.add(name);
  }
  const resource = `/${request.bucket === null ? "" : `${request.bucket}/`}${request.key ?? ""}`;
  const query = [...request.query]
    .filter(([name]) => name !== "x-oss-signature")
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(byName)
    .map(joinPair);
  const headers = [...signed].sort().map((name) => `${name}:${headerOf(request, name).trim()}\n`);
  return [
    request.method,
    encode(resource).replaceAll("%2F", "/"),
    query.join("&"),
    headers.join(""),
    additional.join(";"),
    scope.payload,
  ].join("\n");
}

/**
 * The signature a request must carry: "Include signatures in the Authorization header (V4)" of the OSS API reference. A
 * parameter without value counts by its name alone.
 */
export function signV4(
  request: OssRequest,
  scope: V4Scope,
  accessKeySecret: string,
): { signature: string; stringToSign: string; canonical: string } {
  const canonical = canonicalRequest(request, scope);
  const stringToSign = [
    "OSS4-HMAC-SHA256",
    scope.date,
    `${scope.day}/${scope.region}/oss/aliyun_v4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  let key: Buffer | string = `aliyun_v4${accessKeySecret}`;
  for (const step of [scope.day, scope.region, "oss", "aliyun_v4_request"]) {
    key = createHmac("sha256", key).update(step).digest();
  }
  const signature = createHmac("sha256", key).update(stringToSign).digest("hex");
  return { signature, stringToSign, canonical };
}
