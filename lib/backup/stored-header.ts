import type { BackupSet } from "./header";
import { fromHeaderJson } from "./header-json";

/** A header that was kept as JSON, or null where none was read yet. */
export function storedHeader(json: unknown): BackupSet | null {
  return typeof json === "object" && json !== null && "type" in json ? fromHeaderJson(json) : null;
}
