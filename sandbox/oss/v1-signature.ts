import { createHmac } from "node:crypto";
import { byName, joinPair, ossHeaderNames } from "./canonical-parts";
import { headerOf, type OssRequest } from "./oss-request";

/** Query parameters that are part of the signature ("CanonicalizedResource" of the OSS API reference). */
const SUBRESOURCES = new Set(
  `acl append bucketInfo callback callback-var cname comp continuation-token cors delete encryption img inventory lifecycle
  live location logging objectMeta partNumber policy position qos referer replication requestPayment restore
  security-token sequential stat status style styleName symlink tagging uploadId uploads versionId versioning versions
  vod website worm x-oss-process x-oss-traffic-limit response-cache-control response-content-disposition
  response-content-encoding response-content-language response-content-type response-expires`.split(/\s+/),
);

/**
 * The signature a request must carry: "Include signatures in the Authorization header (V1)". `date` is the Date line: the
 * x-oss-date or Date header, or Expires of a presigned URL.
 */
export function signV1(
  request: OssRequest,
  date: string,
  accessKeySecret: string,
): { signature: string; stringToSign: string } {
  const subresources = [...request.query]
    .filter(([name]) => SUBRESOURCES.has(name))
    .sort(byName)
    .map(joinPair);
  const resource = `/${request.bucket === null ? "" : `${request.bucket}/`}${request.key ?? ""}`;
  const stringToSign = [
    request.method,
    headerOf(request, "content-md5"),
    headerOf(request, "content-type"),
    date,
    ...ossHeaderNames(request).map((name) => `${name}:${headerOf(request, name).trim()}`),
    subresources.length === 0 ? resource : `${resource}?${subresources.join("&")}`,
  ].join("\n");
  return {
    signature: createHmac("sha1", accessKeySecret).update(stringToSign).digest("base64"),
    stringToSign,
  };
}
