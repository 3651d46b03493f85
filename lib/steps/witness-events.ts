import type { FileWitness } from "@/lib/migration/file-witness";
import type { NewEvent } from "@/lib/migration/vocabulary/events";

/** Told where something else than its own bytes says what a file is. */
export function witnessEvents(file: string, { by }: FileWitness): NewEvent[] {
  return by === "bytes" ? [] : [{ type: "file_witnessed", payload: { file, by } }];
}
