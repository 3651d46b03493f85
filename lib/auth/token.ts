import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** What a browser or a link carries: 256 random bits, base64url. The store keeps `hashToken` of it only. */
export function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** SHA-256 in hex. Of a random token, so neither salt nor slowness are needed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
