import { createHash } from "node:crypto";

/** What was asked before: a list of databases asks for the GUIDs of all their files again and again. */
const known = new Map<string, string>();
const KEPT = 10_000;

/** The same GUID for the same text, for things that have one but never change. */
export function stableGuid(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const hex = createHash("sha256").update(text).digest("hex").slice(0, 32);
  const guid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5").toUpperCase();
  if (known.size >= KEPT) known.clear();
  known.set(text, guid);
  return guid;
}
