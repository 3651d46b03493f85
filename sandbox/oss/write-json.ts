import { writeFileSync } from "node:fs";
import { replaceFileSync } from "@/lib/files/replace-file";

/**
 * Writes `value` so that a reader, or a start after a kill, finds either the old file or the whole new one. Synchronous
 * on purpose: records are small, and nothing may happen between deciding and remembering.
 */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(value));
  replaceFileSync(draft, path);
}
