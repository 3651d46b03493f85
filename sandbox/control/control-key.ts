import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const HEADER = "x-sandbox-key";

/** What a call of the sandbox's own pages carries: the sandbox's AccessKey secret. */
export function controlHeaders(accessKeySecret: string): Record<string, string> {
  return { [HEADER]: accessKeySecret };
}

/** Loopback is everybody on this machine, and every page in its browsers: whoever has no key sees and changes nothing. */
export function holdsControlKey(incoming: IncomingMessage, accessKeySecret: string): boolean {
  const given = incoming.headers[HEADER];
  if (typeof given !== "string") return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(accessKeySecret));
}
