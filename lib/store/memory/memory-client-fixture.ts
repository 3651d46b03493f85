import { Prisma, type PrismaClient } from "../generated/client";
import { asJson, isPlain, type Json, type Row } from "./match-where-fixture";
import { isTable, MemoryTables, type TableName } from "./memory-tables-fixture";

export interface MemoryStore {
  /** A client for one process; `gate` is passed before each statement, and before and after each transaction. */
  client(gate: Gate): PrismaClient;
}

/** Where a process may be stopped or die. */
export type Gate = (where: string) => Promise<void>;

/**
 * For tests that go through thousands of worlds: the store as PGlite is, one transaction at a time, with the columns and unique
 * indexes that the engine leans on, and the statements it makes. Whatever else is asked throws. That it answers as the real one
 * does is held by a test of its own.
 */
export function openMemoryStore(now: () => Date): MemoryStore {
  const tables = new MemoryTables(now);
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const statements = (run: <T>(where: string, work: () => T) => Promise<T>) => {
    const made = new Map<TableName, ReturnType<typeof tableOf>>();
    return new Proxy(
      {},
      {
        get: (_, name) => {
          if (name === "then") return undefined;
          if (name === "$executeRaw") return raw((sql, values) => executeRaw(tables, now(), sql, values));
          if (name === "$queryRaw") return raw((sql, values) => queryRaw(tables, sql, values));
          if (typeof name !== "string" || !isTable(name))
            throw new Error(`The store in memory has no ${String(name)}`);
          const table = made.get(name) ?? tableOf(tables, name, run);
          made.set(name, table);
          return table;
        },
      },
    );
  };
  const raw =
    (work: (sql: string, values: unknown[]) => unknown) =>
    (strings: TemplateStringsArray, ...values: unknown[]) =>
      Promise.resolve().then(() => work(strings.join("?"), values));
  return {
    client: (gate) => {
      const tx = statements((_, work) => Promise.resolve().then(work));
      const outer = statements(async (where, work) => {
        await gate(where);
        return alone(async () => work());
      });
      const transaction = async (work: (inner: unknown) => Promise<unknown>): Promise<unknown> => {
        await gate("begin");
        const result = await alone(async () => {
          const restore = tables.keep();
          try {
            return await work(tx);
          } catch (error) {
            restore();
            throw error;
          }
        });
        await gate("committed");
        return result;
      };
      return new Proxy({} as PrismaClient, {
        get: (_, name) => {
          if (name === "$transaction") return transaction;
          if (name !== "$executeRaw" && name !== "$queryRaw") return Reflect.get(outer, name);
          return async (strings: TemplateStringsArray, ...values: unknown[]) => {
            await gate("raw");
            return alone(() => Reflect.get(outer, name)(strings, ...values));
          };
        },
      });
    },
  };
}

/** The statements of lib/store/claim-step.ts, by what they set. */
function executeRaw(tables: MemoryTables, now: Date, sql: string, values: unknown[]): number {
  if (sql.includes("pg_advisory_xact_lock")) return 0;
  // Nobody in the model is told anything: there are no channels.
  if (sql.includes('INSERT INTO "Notice"')) return 0;
  // For people: no rule reads it.
  if (sql.includes('INSERT INTO "UnknownMessage"')) return 1;
  if (sql.includes('SET "claimedBy" =')) {
    const [claim, , stepId, due, claimable] = values;
    const where = claimableWhere(stepId, due, claimable, now);
    tables.update("migrationStep", { ...where, claimedBy: { not: null } }, { reclaims: { increment: 1 } });
    return tables.update("migrationStep", where, { claimedBy: claim, heartbeatAt: now }).length;
  }
  if (sql.includes('SET "heartbeatAt" =')) {
    const [, progress, stepId, claim] = values;
    const gauge = typeof progress === "string" ? { progress: asJson(JSON.parse(progress)) } : {};
    return tables.update("migrationStep", { id: stepId, claimedBy: claim }, { heartbeatAt: now, ...gauge })
      .length;
  }
  throw new Error(`The store in memory does not know the statement ${sql}`);
}

/** By the values of the fragment itself: which statuses, and after how many seconds a claim is stale. */
function claimableWhere(stepId: unknown, due: unknown, claimable: unknown, now: Date): Json {
  const values = fragmentValues(claimable);
  const statuses = values.filter((value) => typeof value === "string");
  const staleSeconds = values.find((value) => typeof value === "number") ?? 0;
  const stale = new Date(now.getTime() - staleSeconds * 1_000);
  return {
    id: stepId,
    status: { in: statuses },
    migration: { status: { not: "cancelled" } },
    AND: [
      { OR: [{ dueAt: null }, { dueAt: { lte: due } }] },
      { OR: [{ claimedBy: null }, { heartbeatAt: null }, { heartbeatAt: { lt: stale } }] },
    ],
  };
}

function fragmentValues(fragment: unknown): unknown[] {
  const values: unknown =
    typeof fragment === "object" && fragment !== null ? Reflect.get(fragment, "values") : [];
  return Array.isArray(values) ? values : [];
}

/** Locks: one transaction at a time runs anyway. And what packed-migrations.ts, count-imports.ts and read-pulse-rows.ts of lib/store ask. */
function queryRaw(tables: MemoryTables, sql: string, values: unknown[]): Row[] {
  if (sql.includes("FOR UPDATE")) return [];
  if (sql.includes('AS "pulses"'))
    return [{ pulses: JSON.stringify(pulsesOf(tables, JSON.parse(String(values[0])))) }];
  if (sql.includes("row_to_json")) return packed(tables, values);
  if (sql.includes('"ofInstance"')) return [importsCounted(tables, values)];
  if (sql.includes("'targets'")) return [{ counted: JSON.stringify(allImportsCounted(tables, values)) }];
  throw new Error(`The store in memory does not know the question ${sql}`);
}

function allImportsCounted(tables: MemoryTables, values: unknown[]): Row {
  const [kind, outcomes, since, phase, over] = values;
  const counted = { kind, outcome: { in: fragmentValues(outcomes) }, intendedAt: { gte: since } };
  const cuttingOver = { phase, status: { notIn: fragmentValues(over) } };
  return {
    calls: tables
      .find("onceCall", { where: counted })
      .map(({ instanceId, subject }) => [instanceId, subject, 1]),
    targets: tables
      .find("migration", { where: cuttingOver })
      .map(({ instanceId, targetDatabase }) => [instanceId, targetDatabase]),
  };
}

function importsCounted(tables: MemoryTables, values: unknown[]): Row {
  const [subject, instanceId, phase, over, , kind, outcomes, since] = values;
  const counted = { kind, outcome: { in: fragmentValues(outcomes) }, intendedAt: { gte: since } };
  const cuttingOver = { phase, status: { notIn: fragmentValues(over) }, instanceId };
  return {
    ofSubject: tables.count("onceCall", { ...counted, subject }),
    ofInstance: tables.count("onceCall", { ...counted, instanceId }),
    targets: tables.find("migration", { where: cuttingOver }).map(({ targetDatabase }) => targetDatabase),
  };
}

function packed(tables: MemoryTables, values: unknown[]): Row[] {
  const [selected, ids] = values;
  const asks = (name: string) => selected instanceof Prisma.Sql && selected.sql.includes(name);
  const include = {
    steps: { orderBy: { ordinal: "asc" } },
    files: {
      orderBy: { createdAt: "asc" },
      ...(!asks('"header"') && { omit: { header: true, receipt: true } }),
    },
    alarms: { where: { clearedAt: null }, orderBy: { raisedAt: "asc" } },
    ...(asks('"OnceCall"') && {
      onceCalls: { where: { kind: "import", outcome: "accepted" }, select: { fileId: true } },
      source: { select: { name: true } },
    }),
  };
  // Whoever reads them makes instants and integers of texts; these are none.
  return tables
    .find("migration", { where: { id: { in: fragmentValues(ids) } }, include })
    .map((row) => ({ packed: row }));
}

/** The statement of lib/store/read-pulse-rows.ts. */
function pulsesOf(tables: MemoryTables, ids: unknown): unknown[] {
  return tables.find("migration", { where: { id: { in: ids } } }).map(({ id, version, nextSeq }) => {
    const where = { migrationId: id, startedAt: { not: null }, finishedAt: null, progress: { not: null } };
    const gauges = tables
      .find("migrationStep", { where, orderBy: { id: "asc" } })
      .map((step) => [step.id, step.progress]);
    return [id, version, nextSeq, gauges.length === 0 ? "" : JSON.stringify(gauges)];
  });
}

function tableOf(
  tables: MemoryTables,
  table: TableName,
  run: <T>(where: string, work: () => T) => Promise<T>,
) {
  const found = (args: Json): Json | null => tables.find(table, { ...args, take: 1 })[0] ?? null;
  const orThrow = <T>(row: T | null | undefined): T => {
    if (row === null || row === undefined) throw new Error(`No ${table} was found`);
    return row;
  };
  const dataOf = (args: Json): Json => asJson(args.data);
  const methods: Record<string, (args: Json) => unknown> = {
    findUnique: found,
    findFirst: found,
    findUniqueOrThrow: (args) => orThrow(found(args)),
    findFirstOrThrow: (args) => orThrow(found(args)),
    findMany: (args) => tables.find(table, args),
    count: ({ where }) => tables.count(table, where),
    groupBy: ({ by, where }) => tables.countBy(table, Array.isArray(by) ? by.map(String) : [], where),
    create: (args) => ({ ...tables.insert(table, dataOf(args)) }),
    createMany: ({ data, skipDuplicates }) => ({
      count: tables.insertMany(
        table,
        Array.isArray(data) ? data.map(asJson) : [asJson(data)],
        skipDuplicates === true,
      ),
    }),
    update: (args) => ({ ...orThrow(tables.update(table, args.where, dataOf(args))[0]) }),
    deleteMany: ({ where }) => ({ count: tables.remove(table, where) }),
    updateMany: (args) => ({ count: tables.update(table, args.where, dataOf(args)).length }),
    upsert: ({ where, create, update }) => ({
      ...(tables.update(table, where, asJson(update))[0] ?? tables.insert(table, asJson(create))),
    }),
  };
  return Object.fromEntries(
    Object.entries(methods).map(([name, work]) => [
      name,
      (args: unknown) => run(`${table}.${name}`, () => work(isPlain(args) ? args : {})),
    ]),
  );
}
