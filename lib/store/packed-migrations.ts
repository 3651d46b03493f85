import {
  type BackupFile,
  type DriftAlarm,
  type Migration,
  type MigrationStep,
  Prisma,
} from "./generated/client";

type RawDb = Pick<Prisma.TransactionClient, "$queryRaw">;

/** A file without what is large in it. */
type SlimFile = Omit<BackupFile, "header" | "receipt">;

/** A migration's rows as the store has them: steps by ordinal, files as they came, alarms that are open. */
export type StoredMigration<File = SlimFile> = Migration & {
  steps: MigrationStep[];
  files: File[];
  alarms: DriftAlarm[];
};

/** With what else its page shows: imports that RDS accepted, and its source. */
export type ShownMigration = StoredMigration & {
  onceCalls: { fileId: string | null }[];
  source: { name: string } | null;
};

type Of<Row, Cell> = { [C in keyof Row]-?: Extract<Row[C], Cell> extends never ? never : C }[keyof Row];
/**
 * All columns for which JSON has no word: with one left out, or one of a kind of which nobody has written how it is told, this does
 * not compile.
 */
type Unlike<Row> = [Of<Row, Uint8Array | Prisma.Decimal>] extends [never]
  ? { instants: Record<Of<Row, Date>, true>; integers: Record<Of<Row, bigint>, true> }
  : never;

const MIGRATION = {
  instants: {
    ...{ writesStoppedAt: true, onlineAt: true, startedAt: true, finishedAt: true },
    ...{ droppedAt: true, archivedAt: true, createdAt: true, updatedAt: true },
  },
  integers: {},
} as const satisfies Unlike<Migration>;
const STEP = {
  instants: { heartbeatAt: true, dueAt: true, startedAt: true, finishedAt: true, createdAt: true },
  integers: {},
} as const satisfies Unlike<MigrationStep>;
const FILE = {
  instants: { createdAt: true, uploadedAt: true, importedAt: true },
  integers: { sizeBytes: true },
} as const satisfies Unlike<BackupFile>;
const ALARM = {
  instants: { raisedAt: true, lastSeenAt: true, clearedAt: true },
  integers: {},
} as const satisfies Unlike<DriftAlarm>;

interface Told {
  instants: object;
  integers: object;
}

const { header: _header, receipt: _receipt, ...SLIM_FILE } = Prisma.BackupFileScalarFieldEnum;

/** Integers as digits: JSON's numbers are not exact beyond 2^53. */
function listOf(columns: object, { integers }: Told): string {
  return Object.values(columns)
    .map((name) => (name in integers ? `"${name}"::text AS "${name}"` : `"${name}"`))
    .join(", ");
}

/** The rows of a table that are of migration `m`, as one column. */
function rowsOf(part: { as: string; columns: string; from: string; also?: string; by?: string }): string {
  const { as, columns, from, also = "", by } = part;
  const order = by === undefined ? "" : `ORDER BY r."${by}"`;
  return `(SELECT coalesce(json_agg(r ${order}), '[]') FROM
    (SELECT ${columns} FROM "${from}" WHERE "migrationId" = m."id" ${also}) r) AS "${as}"`;
}

const COLUMNS = listOf(Prisma.MigrationScalarFieldEnum, MIGRATION);
const STEPS = rowsOf({
  ...{ as: "steps", from: "MigrationStep", by: "ordinal" },
  columns: listOf(Prisma.MigrationStepScalarFieldEnum, STEP),
});
const ALARMS = rowsOf({
  ...{ as: "alarms", from: "DriftAlarm", also: `AND "clearedAt" IS NULL`, by: "raisedAt" },
  columns: listOf(Prisma.DriftAlarmScalarFieldEnum, ALARM),
});
const filesOf = (columns: object) =>
  rowsOf({ as: "files", from: "BackupFile", columns: listOf(columns, FILE), by: "createdAt" });
const ACCEPTED = `AND "kind" = 'import' AND "outcome" = 'accepted'`;
const CALLS = rowsOf({ as: "onceCalls", from: "OnceCall", columns: `"fileId"`, also: ACCEPTED });
const SOURCE = `(SELECT json_build_object('name', "name") FROM "Connection" WHERE "id" = m."sourceConnectionId") AS "source"`;

const SLIM = [COLUMNS, STEPS, filesOf(SLIM_FILE), ALARMS];
const selecting = (parts: readonly string[]) => Prisma.raw(parts.join(", "));
const WHOLE_ROWS = selecting([COLUMNS, STEPS, filesOf(Prisma.BackupFileScalarFieldEnum), ALARMS]);
const SLIM_ROWS = selecting(SLIM);
const SHOWN_ROWS = selecting([...SLIM, CALLS, SOURCE]);

/**
 * Migrations with all their rows, each as one JSON of one statement: of the same moment, and for a part of what Prisma's client takes to
 * put four answers together. What comes of it is what Prisma gives. Those that are not there are left out; in any order.
 */
export async function readWhole(db: RawDb, ids: readonly string[]): Promise<StoredMigration<BackupFile>[]> {
  return unpacked(await pack<StoredMigration<BackupFile>>(db, WHOLE_ROWS, ids));
}

/** The same without headers and receipts. */
export async function readSlim(db: RawDb, ids: readonly string[]): Promise<StoredMigration[]> {
  return unpacked(await pack<StoredMigration>(db, SLIM_ROWS, ids));
}

/** The same with what its page shows beside. */
export async function readShown(db: RawDb, id: string): Promise<ShownMigration | null> {
  const [row] = unpacked(await pack<ShownMigration>(db, SHOWN_ROWS, [id]));
  return row ?? null;
}

/** A row as JSON has it. */
interface Packed<Row> {
  packed: Row;
}

async function pack<Row>(db: RawDb, rows: Prisma.Sql, ids: readonly string[]): Promise<Packed<Row>[]> {
  if (ids.length === 0) return [];
  // One id is compared as one: that is planned in three quarters of the time of an array.
  return db.$queryRaw<Packed<Row>[]>`
    SELECT row_to_json(p) AS packed FROM
      (SELECT ${rows} FROM "Migration" m WHERE m."id" IN (${Prisma.join([...ids])})) p`;
}

function unpacked<Row extends StoredMigration>(found: readonly Packed<Row>[]): Row[] {
  for (const { packed } of found) {
    revive(packed, MIGRATION);
    for (const step of packed.steps) revive(step, STEP);
    for (const file of packed.files) revive(file, FILE);
    for (const alarm of packed.alarms) revive(alarm, ALARM);
  }
  return found.map(({ packed }) => packed);
}

/** In its place: the row was just made of JSON and is nobody else's. Instants are UTC and say no zone, as their columns. */
function revive(row: object, { instants, integers }: Told): void {
  for (const column in instants) {
    const text: unknown = Reflect.get(row, column);
    if (typeof text === "string") Reflect.set(row, column, new Date(`${text}Z`));
  }
  for (const column in integers) {
    const digits: unknown = Reflect.get(row, column);
    if (typeof digits === "string") Reflect.set(row, column, BigInt(digits));
  }
}
