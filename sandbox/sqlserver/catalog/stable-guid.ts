import { createHash } from "node:crypto";

/** The same GUID for the same text, for things that have one but never change. */
export function stableGuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5").toUpperCase();
}
