import { timingSafeEqual } from "node:crypto";
import { OssError } from "./oss-error";
import { headerOf, type OssRequest } from "./oss-request";
import { signV1 } from "./v1-signature";
import { signV4 } from "./v4-signature";

export interface OssCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** `cn-hangzhou` */
  regionId: string;
}

/** A request may be this far from our clock. */
const LARGEST_SKEW_MS = 15 * 60_000;
const LONGEST_PRESIGN_SECONDS = 7 * 24 * 3600;

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function assertKnown(accessKeyId: string, credentials: OssCredentials): void {
  if (accessKeyId !== credentials.accessKeyId) {
    throw new OssError("InvalidAccessKeyId", { details: { OSSAccessKeyId: accessKeyId } });
  }
}

function assertFresh(atMs: number, nowMs: number): void {
  if (Number.isNaN(atMs)) {
    throw new OssError("AccessDenied", { message: "OSS authentication requires a valid Date." });
  }
  if (Math.abs(nowMs - atMs) > LARGEST_SKEW_MS) {
    throw new OssError("RequestTimeTooSkewed", {
      details: {
        MaxAllowedSkewMilliseconds: String(LARGEST_SKEW_MS),
        RequestTime: new Date(atMs).toISOString(),
        ServerTime: new Date(nowMs).toISOString(),
      },
    });
  }
}

function assertNotExpired(expiresMs: number, nowMs: number): void {
  if (nowMs > expiresMs) {
    throw new OssError("AccessDenied", {
      message: "Request has expired.",
      details: { Expires: new Date(expiresMs).toISOString(), ServerTime: new Date(nowMs).toISOString() },
    });
  }
}

/** `yyyyMMddTHHmmssZ` to milliseconds, NaN when it is not one. */
function parseBasicTime(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

interface V4Claim {
  credential: string;
  signature: string;
  additional: string;
  date: string;
  payload: string;
}

function verifyV4(request: OssRequest, claim: V4Claim, credentials: OssCredentials): void {
  const [accessKeyId = "", day = "", region = "", product = "", terminator = ""] =
    claim.credential.split("/");
  assertKnown(accessKeyId, credentials);
  if (product !== "oss" || terminator !== "aliyun_v4_request" || !claim.date.startsWith(day)) {
    throw new OssError("InvalidArgument", { message: "Invalid credential in the request." });
  }
  if (region !== credentials.regionId) {
    throw new OssError("InvalidArgument", {
      message: `Invalid signing region in Authorization header: ${region}.`,
    });
  }
  const expected = signV4(request, { ...claim, day, region }, credentials.accessKeySecret);
  if (isSame(expected.signature, claim.signature)) return;
  throw new OssError("SignatureDoesNotMatch", {
    details: {
      OSSAccessKeyId: accessKeyId,
      SignatureProvided: claim.signature,
      StringToSign: expected.stringToSign,
      CanonicalRequest: expected.canonical,
    },
  });
}

function verifyV1(
  request: OssRequest,
  claim: { accessKeyId: string; signature: string; date: string },
  credentials: OssCredentials,
): void {
  assertKnown(claim.accessKeyId, credentials);
  const expected = signV1(request, claim.date, credentials.accessKeySecret);
  if (isSame(expected.signature, claim.signature)) return;
  throw new OssError("SignatureDoesNotMatch", {
    details: {
      OSSAccessKeyId: claim.accessKeyId,
      SignatureProvided: claim.signature,
      StringToSign: expected.stringToSign,
    },
  });
}

function verifyPresignedV4(request: OssRequest, credentials: OssCredentials, nowMs: number): void {
  const date = request.query.get("x-oss-date") ?? "";
  const seconds = Number(request.query.get("x-oss-expires"));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_PRESIGN_SECONDS) {
    throw new OssError("InvalidArgument", { message: "x-oss-expires must be between 1 and 604800 seconds." });
  }
  const signedAtMs = parseBasicTime(date);
  if (Number.isNaN(signedAtMs))
    throw new OssError("InvalidArgument", { message: "x-oss-date is not valid." });
  verifyV4(
    request,
    {
      credential: request.query.get("x-oss-credential") ?? "",
      signature: request.query.get("x-oss-signature") ?? "",
      additional: request.query.get("x-oss-additional-headers") ?? "",
      date,
      payload: "UNSIGNED-PAYLOAD",
    },
    credentials,
  );
  assertNotExpired(signedAtMs + seconds * 1000, nowMs);
}

/**
 * Verifies a V4 or V1 signature, in the header or in the query. Throws OssError: AccessDenied without any signature or
 * after expiry, InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed, InvalidArgument.
 */
export function verifySignature(request: OssRequest, credentials: OssCredentials, nowMs: number): void {
  const authorization = headerOf(request, "authorization");
  const date = headerOf(request, "x-oss-date");
  const v4 =
    /^OSS4-HMAC-SHA256 Credential=([^,]+),\s*(?:AdditionalHeaders=([^,]*),\s*)?Signature=(\w+)$/.exec(
      authorization,
    );
  if (v4 !== null) {
    const dateV4 = date === "" ? headerOf(request, "date") : date;
    assertFresh(parseBasicTime(dateV4), nowMs);
    const payload = headerOf(request, "x-oss-content-sha256") || "UNSIGNED-PAYLOAD";
    const claim = { credential: v4[1] ?? "", additional: v4[2] ?? "", signature: v4[3] ?? "" };
    verifyV4(request, { ...claim, date: dateV4, payload }, credentials);
    return;
  }
  const v1 = /^OSS ([^:\s]+):(\S+)$/.exec(authorization);
  if (v1 !== null) {
    const dateV1 = date === "" ? headerOf(request, "date") : date;
    assertFresh(Date.parse(dateV1), nowMs);
    verifyV1(request, { accessKeyId: v1[1] ?? "", signature: v1[2] ?? "", date: dateV1 }, credentials);
    return;
  }
  if (authorization !== "") {
    throw new OssError("InvalidArgument", { message: "Authorization header is invalid." });
  }
  if (request.query.get("x-oss-signature-version") === "OSS4-HMAC-SHA256") {
    verifyPresignedV4(request, credentials, nowMs);
    return;
  }
  const expires = request.query.get("Expires");
  if (expires !== undefined && request.query.has("Signature")) {
    verifyV1(
      request,
      {
        accessKeyId: request.query.get("OSSAccessKeyId") ?? "",
        signature: request.query.get("Signature") ?? "",
        date: expires,
      },
      credentials,
    );
    assertNotExpired(Number(expires) * 1000, nowMs);
    return;
  }
  throw new OssError("AccessDenied");
}
