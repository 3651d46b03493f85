import { createHash } from "node:crypto";

/** Longest name we make: the suffix still fits into the 255 bytes of common file systems. */
const LONGEST = 200;

/**
 * A file name for an object key: readable, one to one (also on file systems that fold case), and never a path. Long
 * keys keep their beginning and end in a hash.
 */
export function keyFileName(key: string): string {
  let name = "";
  for (const byte of Buffer.from(key, "utf8")) {
    const character = String.fromCharCode(byte);
    name += /[a-z0-9_.-]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
  }
  if (name.length <= LONGEST) return `k-${name}`;
  return `h-${name.slice(0, 100)}-${createHash("sha256").update(key).digest("hex")}`;
}
