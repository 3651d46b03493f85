import { z } from "zod";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { RecordTaskView } from "./record";

export const HISTORY_KINDS = ["tasks", "migrations"] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** By what the rows of each kind can be put in order. Times: the newest first. */
export const HISTORY_SORTS = ["started", "ended", "database", "instance", "status", "person"] as const;
export type HistorySort = (typeof HISTORY_SORTS)[number];

/** Rows of one page at most. */
export const HISTORY_PAGE = 50;

const part = z.string().trim().max(200).default("");
/** Several words, comma between them: `failed,cancelled`. Those that are not known say nothing. */
const words = z.string().max(300).default("");

/**
 * What of the record is asked for: everything empty asks for everything. In the page's address as it is here.
 * `database` and `file` are parts of a name, in any case; `person` is the id of who made the migration; `lsn` is the first
 * or the last LSN of a file, as digits or as `37:824:1`; `q` is any part of what a row says.
 */
export const HistoryFilter = z.strictObject({
  account: z.string().max(100).default(""),
  instance: z.string().max(100).default(""),
  database: part,
  status: words,
  method: words,
  file: part,
  lsn: z.string().trim().max(60).default(""),
  person: part,
  q: part,
  /** Calendar days of `zone`, inclusive. */
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
  /** An IANA name: `Asia/Shanghai`. */
  zone: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/)
    .max(60)
    .default("UTC"),
  sort: z.enum(HISTORY_SORTS).default("started"),
  /** Times fall by default, names rise. */
  order: z.enum(["asc", "desc", ""]).default(""),
  /** Where the page before ended, as it was told. */
  after: z.string().max(1_000).default(""),
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;
/** As it stands in an address. */
export type HistoryQuery = Partial<Record<keyof HistoryFilter, string>>;

/** Digits, `37:824:1`, or hexadecimal as `0x25:338:1` or `00000025:00000338:0001`, as digits; null when it is no LSN. */
export function lsnDigits(text: string): string | null {
  if (/^\d{1,25}$/.test(text)) return text.replace(/^0+(?=\d)/, "");
  const parts = /^(0x)?([0-9a-f]{1,10}):([0-9a-f]{1,10}):([0-9a-f]{1,10})$/i.exec(text);
  if (!parts) return null;
  const [, prefix, ...numbers] = parts;
  const hex = prefix !== undefined || numbers.map((number) => number.length).join() === "8,8,4";
  const [vlf, block, slot] = numbers.map((number) => Number.parseInt(number, hex ? 16 : 10));
  if (vlf === undefined || block === undefined || slot === undefined) return null;
  return `${vlf}${String(block).padStart(10, "0")}${String(slot).padStart(5, "0")}`.replace(/^0+(?=\d)/, "");
}

const { sourceClosedSince: _, listedByRds: __, ...RECORDED } = RecordTaskView.shape;
/** A task of any instance of any account, also of accounts that are gone. */
export const HistoryTaskView = z.object({
  ...RECORDED,
  connectionId: z.string(),
  /** The account's name; null when even its row is gone. */
  account: z.string().nullable(),
  instanceId: z.string(),
  /** Who made its migration; null of a task made in the console. */
  person: z.string().nullable(),
});
export type HistoryTaskView = z.infer<typeof HistoryTaskView>;

/** A migration as a row of the record: what is written of it, nothing computed. */
export const HistoryMigrationView = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(STATUSES),
  phase: z.enum(PHASES),
  method: z.enum(MIGRATION_METHODS).nullable(),
  sandbox: z.boolean(),
  account: z.string().nullable(),
  instanceId: z.string().nullable(),
  sourceDatabase: z.string().nullable(),
  targetDatabase: z.string().nullable(),
  ticket: z.string().nullable(),
  person: z.string(),
  files: z.number(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  onlineAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type HistoryMigrationView = z.infer<typeof HistoryMigrationView>;

/** One page. `next`: what `after` is for the page behind it; null: this is the last. */
const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.string().nullable() });
export const HistoryTaskPage = pageOf(HistoryTaskView);
export type HistoryTaskPage = z.infer<typeof HistoryTaskPage>;
export const HistoryMigrationPage = pageOf(HistoryMigrationView);
export type HistoryMigrationPage = z.infer<typeof HistoryMigrationPage>;
