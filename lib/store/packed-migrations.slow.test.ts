import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { Prisma } from "./generated/client";
import { openMemoryStore } from "./memory/memory-client-fixture";
import { openTestStore } from "./open-test-store";
import { readShown, readSlim, readWhole } from "./packed-migrations";
import type { Store } from "./store";

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const orderBy = {
  steps: { ordinal: "asc" },
  files: { createdAt: "asc" },
  alarms: { raisedAt: "asc" },
} as const;
const include = {
  steps: { orderBy: orderBy.steps },
  files: { orderBy: orderBy.files },
  alarms: { where: { clearedAt: null }, orderBy: orderBy.alarms },
};
const slim = { ...include, files: { ...include.files, omit: { header: true, receipt: true } } };
const shown = {
  ...slim,
  onceCalls: { where: { kind: "import", outcome: "accepted" }, select: { fileId: true } },
  source: { select: { name: true } },
};

/** What a JSON column, a text and an instant may hold that a way round could lose. */
const JSON_CELLS: Prisma.InputJsonValue[] = [
  { nested: [{ deep: [null, true, 1e21, -0.1, 9_007_199_254_740_991] }], "": "", "2026-01-01T00:00:00": 1 },
  ['数据库 \u{1f6a2} \u2028\u0001\\"\n', null],
  "2026-05-04T10:00:00.000Z",
  "null",
  0,
  false,
  {},
];
const TEXTS = ["Лог ä 数据库 \u{1f6a2}", "'\"\\\n\t\u0001</script>\u2028", "", "null", "2026-05-04T10:00:00"];
const INSTANTS = [
  "1970-01-01T00:00:00.000Z",
  "2026-05-04T10:00:00.007Z",
  "0001-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
  "1969-12-31T23:59:59.990Z",
];
const INTEGERS = [2n ** 63n - 1n, -(2n ** 63n), 9_007_199_254_740_993n, 0n];

/** A value of its type for every column of a table, another one each; `none`: null wherever the table takes it. */
async function rowOf(
  table: string,
  known: Record<string, unknown>,
  none = false,
): Promise<Record<string, unknown>> {
  const { rows } = await store.executeSql(
    `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS "mayBeNull"
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  const columns = rows as { name: string; type: string; mayBeNull: boolean }[];
  const cells = columns.map(({ name, type, mayBeNull }, n): [string, unknown] => {
    if (name in known) return [name, known[name]];
    const at = <T>(values: readonly T[]): T | undefined => values[n % values.length];
    if (none && mayBeNull) return [name, type === "jsonb" ? Prisma.DbNull : null];
    switch (type) {
      case "text":
        return [name, at(TEXTS)];
      case "jsonb":
        return [name, at(JSON_CELLS)];
      case "timestamp without time zone":
        return [name, new Date(at(INSTANTS) ?? "")];
      case "bigint":
        return [name, at(INTEGERS)];
      case "integer":
        return [name, n % 2 === 0 ? 2 ** 31 - 1 : -(2 ** 31)];
      case "boolean":
        return [name, n % 2 === 0];
      default:
        throw new Error(`This test has no ${type} for ${table}.${name}`);
    }
  });
  return Object.fromEntries(cells);
}

/** Rows of migration `id`; `none`: with every column empty that may be. */
async function write(id: string, none: boolean): Promise<void> {
  const { db } = store;
  const connection = {
    id: "source",
    kind: "source_server",
    name: "源 \u{1f6a2}",
    config: {},
    secretSealed: "",
  };
  await db.connection.upsert({ where: { id: "source" }, create: connection, update: {} });
  const links = {
    waveId: null,
    ...(none ? {} : { sourceConnectionId: "source", cloudConnectionId: "source" }),
  };
  const own = { migrationId: id };
  await db.migration.create({
    data: (await rowOf(
      "Migration",
      { id, draft: { ...EMPTY_DRAFT }, ...links },
      none,
    )) as Prisma.MigrationUncheckedCreateInput,
  });
  for (const ordinal of [3, 1, 2]) {
    const step = await rowOf(
      "MigrationStep",
      { ...own, id: `${id}-s${ordinal}`, key: `k${ordinal}`, ordinal },
      none,
    );
    await db.migrationStep.create({ data: step as Prisma.MigrationStepUncheckedCreateInput });
  }
  for (const n of [2, 1]) {
    const keys = { ...own, id: `${id}-f${n}`, objectKey: `o${n}`, createdAt: new Date(n) };
    const file = await rowOf("BackupFile", keys, none);
    await db.backupFile.create({ data: file as Prisma.BackupFileUncheckedCreateInput });
  }
  for (const n of [2, 1]) {
    const keys = {
      ...own,
      id: `${id}-a${n}`,
      fingerprint: `p${n}`,
      raisedAt: new Date(n),
      clearedAt: n === 1 ? null : new Date(n),
    };
    const alarm = await rowOf("DriftAlarm", keys, none);
    await db.driftAlarm.create({ data: alarm as Prisma.DriftAlarmUncheckedCreateInput });
  }
  for (const [n, outcome] of (["accepted", "refused", "accepted"] as const).entries()) {
    const keys = {
      ...own,
      id: `${id}-c${n}`,
      subject: `${id}-${n}`,
      kind: "import",
      outcome,
      stepId: null,
      fileId: n === 2 ? null : `${id}-f1`,
    };
    const call = await rowOf("OnceCall", keys, none);
    await db.onceCall.create({ data: call as Prisma.OnceCallUncheckedCreateInput });
  }
}

test.each([
  ["every column filled", false],
  ["every column empty that may be", true],
])("a migration in one statement is what Prisma makes of four: %s", async (_, none) => {
  const { db } = store;
  await write("other", !none);
  await write("m", none);
  const where = { id: "m" };
  const whole = await db.migration.findUnique({ where, include });
  expect(whole).toMatchObject({ steps: [{}, {}, {}], files: [{}, {}], alarms: [{}] });
  expect(await readWhole(db, ["m"])).toStrictEqual([whole]);
  expect(await readSlim(db, ["m"])).toStrictEqual([await db.migration.findUnique({ where, include: slim })]);
  expect(await readShown(db, "m")).toStrictEqual(await db.migration.findUnique({ where, include: shown }));
});

test("several at once, those that are not there left out; one without rows has empty lists", async () => {
  const { db } = store;
  await write("m", false);
  await db.migration.create({
    data: { id: "bare", name: "b", status: "draft", phase: "preparing", draft: {}, createdBy: "t" },
  });
  const read = await readSlim(db, ["bare", "m", "none"]);
  expect(read.map(({ id }) => id).sort()).toEqual(["bare", "m"]);
  expect(read.find(({ id }) => id === "bare")).toMatchObject({ steps: [], files: [], alarms: [] });
  expect(await readSlim(db, [])).toEqual([]);
  expect(await readShown(db, "none")).toBeNull();
});

test("instants with more than milliseconds are kept as their columns keep them", async () => {
  const { db } = store;
  await write("m", false);
  await store.executeSql(
    `UPDATE "Migration" SET "startedAt" = '2026-05-04 10:00:00.123556', "onlineAt" = '2026-05-04 10:00:00.1'`,
  );
  const whole = await db.migration.findUnique({ where: { id: "m" }, include });
  const [read] = await readWhole(db, ["m"]);
  expect(read?.startedAt).toEqual(new Date("2026-05-04T10:00:00.124Z"));
  expect(read).toStrictEqual(whole);
});

test("in a transaction it sees what that wrote, and what is rolled back is gone", async () => {
  const { db } = store;
  await write("m", false);
  const undone = db.$transaction(async (tx) => {
    await tx.migrationStep.updateMany({ where: { ordinal: 2 }, data: { status: "said inside" } });
    expect((await readWhole(tx, ["m"]))[0]?.steps[1]?.status).toBe("said inside");
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect((await readWhole(db, ["m"]))[0]?.steps[1]?.status).not.toBe("said inside");
});

test("the store in memory answers with the same", async () => {
  await write("m", false);
  const whole = await store.db.migration.findUniqueOrThrow({ where: { id: "m" }, include });
  const calls = await store.db.onceCall.findMany({});
  const source = await store.db.connection.findUniqueOrThrow({ where: { id: "source" } });
  const db = openMemoryStore(() => new Date(0)).client(() => Promise.resolve());
  const { steps, files, alarms, ...columns } = whole;
  // As it was written: Prisma reads as JSON what it takes as input.
  const data = <Input>(row: object) => row as Input;
  await db.connection.create({ data: data<Prisma.ConnectionUncheckedCreateInput>(source) });
  await db.migration.create({ data: data<Prisma.MigrationUncheckedCreateInput>(columns) });
  for (const row of steps)
    await db.migrationStep.create({ data: data<Prisma.MigrationStepUncheckedCreateInput>(row) });
  for (const row of files)
    await db.backupFile.create({ data: data<Prisma.BackupFileUncheckedCreateInput>(row) });
  for (const row of alarms)
    await db.driftAlarm.create({ data: data<Prisma.DriftAlarmUncheckedCreateInput>(row) });
  for (const row of calls) await db.onceCall.create({ data: data<Prisma.OnceCallUncheckedCreateInput>(row) });
  expect(await readWhole(db, ["m"])).toEqual([whole]);
  expect(await readSlim(db, ["m"])).toEqual(await readSlim(store.db, ["m"]));
  expect(await readShown(db, "m")).toEqual(await readShown(store.db, "m"));
});
