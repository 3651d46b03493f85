import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";
import { errorCode } from "@/lib/diagnosis/error-code";
import { replaceFile } from "@/lib/files/replace-file";
import { isThere } from "@/lib/store/is-there";
import { storeError } from "@/lib/store/store-error";
import { syncPath } from "@/lib/store/sync-to-disk";
import type { BackupHead } from "./backup-file";

/** One statement of a transaction that sees one moment and changes nothing; its rows. */
export type AskRows = (sql: string) => Promise<unknown[]>;

/** Rows read at once: some hundred kilobytes. */
const PAGE = 500;

const TABLES = `
  SELECT c.relname::text AS name, format('%I.%I', n.nspname, c.relname) AS quoted,
    (SELECT json_agg(a.attname::text ORDER BY a.attnum)::text FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.relname <> '_prisma_migrations' ORDER BY name`;
const MIGRATIONS = `
  SELECT migration_name AS name, checksum FROM _prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;

const Table = z.object({ name: z.string(), quoted: z.string(), columns: z.string() });
const Columns = z.array(z.string());
const Migration = z.object({ name: z.string(), checksum: z.string() });
const Line = z.object({ line: z.string() });

export interface BackupWritten {
  counts: Record<string, number>;
  bytes: number;
}

/**
 * The lines of a backup of the store that `ask` reads: every row of every table of Chainferry's own. Queues of pg-boss are left
 * out: the rows of steps are the queue. The key of secrets lies elsewhere and is not in it.
 */
export async function* backupLines(
  ask: AskRows,
  about: Pick<BackupHead, "version" | "createdAt">,
  counts: Record<string, number>,
): AsyncGenerator<string> {
  const head = {
    chainferryBackup: 1,
    ...about,
    migrations: await readMigrationsOf(ask),
  } satisfies BackupHead;
  yield* fileLines(ask, head, await readTables(ask), counts);
}

/** A table, and what is taken of it: `from` is what SQL selects from. */
export interface TableRead {
  name: string;
  columns: string[];
  from: string;
}

/** Those that made the store, as they are named in the head of a file. */
export async function readMigrationsOf(ask: AskRows): Promise<BackupHead["migrations"]> {
  return (await ask(MIGRATIONS)).map((row) => Migration.parse(row));
}

/** Chainferry's own, whole, by their names. */
export async function readTables(ask: AskRows): Promise<TableRead[]> {
  return (await ask(TABLES)).map((row) => {
    const { name, quoted, columns } = Table.parse(row);
    return { name, columns: Columns.parse(JSON.parse(columns)), from: quoted };
  });
}

/** The lines of a file: its head, the rows of the tables, and an end by which it is known to be whole. */
export async function* fileLines(
  ask: AskRows,
  head: object,
  tables: readonly TableRead[],
  counts: Record<string, number>,
): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let rows = 0;
  const hashed = (line: string): string => {
    hash.update(`${line}\n`);
    return `${line}\n`;
  };
  yield hashed(JSON.stringify(head));
  for (const { name, columns, from } of tables) {
    counts[name] = 0;
    yield hashed(JSON.stringify({ table: name, columns }));
    // A cursor: the table is read once, whatever it has for keys, and never held whole.
    await ask(
      `DECLARE chainferry_backup NO SCROLL CURSOR FOR SELECT '=' || row_to_json(t)::text AS line FROM ${from} t`,
    );
    for (;;) {
      const page = (await ask(`FETCH ${PAGE} FROM chainferry_backup`)).map((each) => Line.parse(each).line);
      if (page.length === 0) break;
      counts[name] += page.length;
      rows += page.length;
      yield page.map(hashed).join("");
    }
    await ask("CLOSE chainferry_backup");
  }
  yield `${JSON.stringify({ end: true, rows, sha256: hash.digest("hex") })}\n`;
}

/** Throws AppError `backup_exists` (params: file). */
export async function assertFree(file: string): Promise<void> {
  if (await isThere(file)) throw exists(file);
}

type LinkFile = (from: string, to: string) => Promise<void>;

/** What file systems say that know no second name of a file: shares, FAT. https://man7.org/linux/man-pages/man2/link.2.html */
const NO_LINKS: ReadonlySet<string | null> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Writes lines to `file`, packed, readable by its owner only. It appears whole, on the disk, or not at all. `linkFile` makes a second name, unless
 * said as the system does.
 * @throws AppError `backup_exists` (params: file): no file is ever replaced. Throws Error when the system refuses, which it says why.
 */
export async function writeBackupFile(
  file: string,
  lines: AsyncIterable<string | Uint8Array>,
  packed: boolean,
  linkFile: LinkFile = link,
): Promise<number> {
  await assertFree(file);
  const folder = path.dirname(path.resolve(file));
  const aside = path.join(folder, `.${path.basename(file)}.${randomUUID()}`);
  try {
    const out = createWriteStream(aside, { flags: "wx", mode: 0o600, flush: true });
    if (packed) await pipeline(Readable.from(lines), out);
    else await pipeline(Readable.from(lines), createGzip({ level: 6 }), out);
    const { size } = await stat(aside);
    await appear(aside, file, linkFile);
    await syncPath(folder, "folder");
    return size;
  } catch (error) {
    throw FILE_ERRORS.test(errorCode(error) ?? "") ? notWritten(file, error) : error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** A link, not a rename: a file that somebody has put there meanwhile stays. Where there are none, an empty file keeps the name for it. */
async function appear(aside: string, file: string, linkFile: LinkFile): Promise<void> {
  try {
    await linkFile(aside, file);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw exists(file);
    if (!NO_LINKS.has(errorCode(error))) throw error;
    const kept = await open(file, "wx", 0o600).catch((refused: unknown) => {
      throw errorCode(refused) === "EEXIST" ? exists(file) : refused;
    });
    await kept.close();
    await replaceFile(aside, file);
  }
}

/** Of the folder that was named and its disk, not of the store that is read. */
const FILE_ERRORS = /^E(?:NOENT|NOTDIR|ACCES|PERM|ROFS|NOSPC|DQUOT|FBIG|IO|NAMETOOLONG|XDEV|MLINK)$/;

function notWritten(file: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${file} can't be written: ${message}. There is no backup.`, { cause });
}

function exists(file: string): Error {
  return storeError(
    "conflict",
    "backup_exists",
    { file },
    `${file} exists already. Name another file: none is ever replaced.`,
  );
}
