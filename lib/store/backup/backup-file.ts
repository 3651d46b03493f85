import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { isAppError } from "@/lib/diagnosis/app-error";
import { storeError } from "@/lib/store/store-error";

/** A backup is gzip of lines: this head, for each table its name and its rows as PostgreSQL writes them, and the end. */
export const BackupHead = z.object({
  chainferryBackup: z.literal(1),
  version: z.string(),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});
export type BackupHead = z.infer<typeof BackupHead>;

/** Of the record of one migration in the same lines: `migrationId` in place of a backup's own word, so that neither is taken for the other. */
export const RecordHead = BackupHead.omit({ chainferryBackup: true }).extend({
  chainferryMigration: z.literal(1),
  migrationId: z.string(),
});
export type RecordHead = z.infer<typeof RecordHead>;

export const TableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
export const EndLine = z.object({ end: z.literal(true), rows: z.number(), sha256: z.string() });

export type BackupPart<Head = BackupHead> =
  | { kind: "head"; head: Head }
  | { kind: "table"; table: string; columns: string[] }
  /** One row, as JSON that PostgreSQL wrote: numbers in it may be longer than JavaScript's. */
  | { kind: "row"; json: string };

/**
 * The parts of a backup in their order, read once from beginning to end.
 * @throws AppError `backup_damaged` (params: file, what) where it is cut short or was changed; at the latest at its end.
 */
export function readBackup(file: string): AsyncGenerator<BackupPart> {
  return readParts(file, BackupHead);
}

/** The same of a file with another head. */
export async function* readParts<Head>(
  file: string,
  Head: z.ZodType<Head>,
): AsyncGenerator<BackupPart<Head>> {
  const hash = createHash("sha256");
  let rows = 0;
  let ended = false;
  let isFirst = true;
  try {
    for await (const line of linesOf(file)) {
      if (ended) throw new Error("something follows its end");
      if (line.startsWith('{"end":')) {
        const end = EndLine.parse(JSON.parse(line));
        if (end.rows !== rows || end.sha256 !== hash.digest("hex"))
          throw new Error("its checksum is another");
        ended = true;
        continue;
      }
      hash.update(`${line}\n`);
      if (isFirst) {
        isFirst = false;
        yield { kind: "head", head: Head.parse(JSON.parse(line)) };
      } else if (line.startsWith('{"table":')) {
        yield { kind: "table", ...TableLine.parse(JSON.parse(line)) };
      } else {
        rows += 1;
        // A row's line is `=` and its JSON, so that no row can pass for another line.
        if (!line.startsWith("=")) throw new Error(`line of row ${rows} is none`);
        yield { kind: "row", json: line.slice(1) };
      }
    }
    if (!ended) throw new Error("it has no end");
  } catch (error) {
    throw toDamaged(file, error);
  }
}

/**
 * Its lines, as they were packed: nothing but `\n` ends one. `node:readline` ends lines at U+2028 too, which a row may have, and lets an error
 * that comes between two of them end the process.
 */
async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  // Whoever reads is told of an error of either.
  pipeline(createReadStream(file), unpacked, () => undefined);
  unpacked.setEncoding("utf8");
  let begun: string[] = [];
  for await (const text of unpacked as AsyncIterable<string>) {
    const [first = "", ...others] = text.split("\n");
    begun.push(first);
    for (const other of others) {
      yield begun.join("");
      begun = [other];
    }
  }
  const last = begun.join("");
  if (last !== "") yield last;
}

/** The error as one of the file (params: file, what), unless it is told already. */
export function toDamaged(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || isAppError(error)) return error;
  const what = error instanceof z.ZodError ? "it is no such file of Chainferry" : error.message;
  return storeError(
    "precondition_failed",
    "backup_damaged",
    { file, what },
    `${file} can't be restored: ${what}. Take another copy. Nothing was changed.`,
  );
}
