import type { BackupSet } from "@/lib/backup/header";
import { toHeaderJson, toSealedJson } from "@/lib/backup/header-json";
import { type FileReading, readBackupFile } from "./read-backup-file";
import { textTable } from "./text-table";

/**
 * `chainferry header FILE…`: what each file is, by its header, as a table or (`json`) as one JSON array. Returns the
 * exit code: 1 when any file could not be read as a backup.
 */
export async function runHeaderCommand(files: string[], options: { json: boolean }): Promise<number> {
  const readings: { file: string; reading: FileReading }[] = [];
  for (const file of files) readings.push({ file, reading: await readBackupFile(file) });
  const text = options.json
    ? JSON.stringify(
        readings.map(({ file, reading }) => fileJson(file, reading)),
        null,
        2,
      )
    : fileTable(readings);
  process.stdout.write(`${text}\n`);
  return readings.every(({ reading }) => reading.ok || reading.sealed) ? 0 : 1;
}

/** An encrypted file is read as far as it can be seen: how many sets it holds, and nothing of them. */
function fileJson(file: string, reading: FileReading): object {
  if (reading.ok) {
    const { sizeBytes, complete, reads, bytesRead } = reading;
    const container = reading.container.toUpperCase();
    return { file, container, sizeBytes, complete, sets: reading.sets.map(toHeaderJson), reads, bytesRead };
  }
  if (!reading.sealed) {
    return { file, error: { code: reading.error.code, message: reading.error.message } };
  }
  const { sizeBytes, reads, bytesRead } = reading;
  const { complete, compressed, setCount } = reading.sealed;
  const container = reading.sealed.container.toUpperCase();
  const sets = Array.from({ length: setCount }, (_, i) => toSealedJson(i + 1, compressed));
  return { file, container, sizeBytes, complete, sets, reads, bytesRead };
}

const HEAD = ["File", "Set", "Type", "Database", "Version", "First LSN", "Last LSN", "Finished", "Notes"];

function fileTable(readings: { file: string; reading: FileReading }[]): string {
  const rows = readings.flatMap(({ file, reading }) => {
    if (!reading.ok) return [[file, "", reading.error.code, "", "", "", "", "", reading.error.message]];
    return reading.sets.map((set, i) => [
      i === 0 ? file : "",
      String(set.position),
      set.type,
      set.databaseName ?? "",
      set.softwareVersion ?? "",
      set.firstLsn?.toString() ?? "",
      set.lastLsn?.toString() ?? "",
      set.finishedAt?.replace("T", " ") ?? "",
      notes(set, reading.complete || i < reading.sets.length - 1).join(", "),
    ]);
  });
  return textTable(HEAD, rows, [1, 5, 6]);
}

function notes(set: BackupSet, complete: boolean): string[] {
  return [
    complete ? "" : "incomplete: LSNs are provisional",
    set.compressed ? "compressed" : "",
    set.copyOnly ? "copy-only" : "",
    set.tail ? "tail of the log" : "",
    set.damaged ? "damaged" : "",
    set.family.count > 1 ? `stripe ${set.family.sequence} of ${set.family.count}` : "",
  ].filter((note) => note !== "");
}
