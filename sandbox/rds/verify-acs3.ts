import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { RdsError } from "./rds-error";

export interface Acs3Request {
  method: string;
  path: string;
  /** Decoded. */
  query: readonly (readonly [string, string])[];
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

const LARGEST_SKEW_MS = 15 * 60_000;

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Verifies `ACS3-HMAC-SHA256` ("V3 request body & signature" of Alibaba Cloud's OpenAPI guide) over what was decoded, for
 * the SDK encodes the URL by another routine than the one it signs with. Returns the nonce. Throws RdsError.
 */
export function verifyAcs3(
  request: Acs3Request,
  credentials: { accessKeyId: string; accessKeySecret: string },
  nowMs: number,
): string {
  const header = (name: string) => String(request.headers[name] ?? "").trim();
  const claim =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(
      header("authorization"),
    );
  if (claim === null) throw new RdsError("IncompleteSignature");
  const [, accessKeyId = "", signedHeaders = "", signature = ""] = claim;
  if (accessKeyId !== credentials.accessKeyId) throw new RdsError("InvalidAccessKeyId.NotFound");
  const signed = signedHeaders.split(";");
  if (!["host", "x-acs-action", "x-acs-date"].every((name) => signed.includes(name))) {
    throw new RdsError("IncompleteSignature");
  }
  const date = Date.parse(header("x-acs-date"));
  if (!(Math.abs(nowMs - date) <= LARGEST_SKEW_MS)) throw new RdsError("InvalidTimeStamp.Expired");
  const payloadHash = sha256(request.body);
  if (header("x-acs-content-sha256") !== payloadHash) throw new RdsError("SignatureDoesNotMatch");
  const canonical = [
    request.method,
    request.path,
    request.query
      .map(([name, value]) => [encode(name), encode(value)] as const)
      .sort((left, right) => (left[0] < right[0] ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join("&"),
    signed.map((name) => `${name}:${header(name)}\n`).join(""),
    signedHeaders,
    payloadHash,
  ].join("\n");
  const expected = createHmac("sha256", credentials.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest();
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new RdsError("SignatureDoesNotMatch", {
      message: `Specified signature is not matched with our calculation. server string to sign is:ACS3-HMAC-SHA256\n${sha256(canonical)}`,
    });
  }
  return header("x-acs-signature-nonce");
}
