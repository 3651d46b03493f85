import { createHmac } from "node:crypto";

/** `webhook-signature` of Standard Webhooks: HMAC-SHA256 over `id.seconds.body`. A secret `whsec_…` is Base64, any other is its bytes. */
export function signStandard(secret: string, message: { id: string; seconds: number; body: string }): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  const { id, seconds, body } = message;
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
}

/** `sign` of a DingTalk robot: HMAC-SHA256 over `milliseconds\nsecret` with the secret as key, Base64. */
export function signDingTalk(secret: string, ms: number): string {
  return createHmac("sha256", secret).update(`${ms}\n${secret}`).digest("base64");
}

/** `sign` of a Feishu robot: HMAC-SHA256 over nothing, with `seconds\nsecret` as key, Base64. */
export function signFeishu(secret: string, seconds: number): string {
  return createHmac("sha256", `${seconds}\n${secret}`).update("").digest("base64");
}
