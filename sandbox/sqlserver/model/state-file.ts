import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { replaceFileSync } from "@/lib/files/replace-file";
import type { ServerState } from "./server-state";

const FILE_NAME = "sqlserver.json";

/** The saved state of a sandbox folder, null at its first start. Throws when the file is not this format. */
export function loadState(folder: string): ServerState | null {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE_NAME), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const state = JSON.parse(text) as ServerState;
  if (state.format !== 1) throw new Error(`${join(folder, FILE_NAME)} has an unknown format.`);
  return state;
}

/** Saves in one step: a reader or a crash sees the old file or the new one. */
export function saveState(folder: string, state: ServerState): void {
  const temporary = join(folder, `${FILE_NAME}.tmp`);
  const file = openSync(temporary, "w");
  try {
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  replaceFileSync(temporary, join(folder, FILE_NAME));
}
