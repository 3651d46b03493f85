import { readFileSync } from "node:fs";
import path from "node:path";
import { Prisma } from "../generated/client";
import { findProjectRoot } from "../project-root";
import {
  asJson,
  compareValues,
  isPlain,
  type Json,
  matcherOf,
  type Relation,
  type Row,
  unwrapped,
} from "./match-where-fixture";

/** `where`: only of rows like these; `folded`: letters in any case are the same. */
interface Unique {
  columns: readonly string[];
  where?: (row: Row) => boolean;
  folded?: boolean;
}

interface TableRule {
  columns: readonly string[];
  /** Sets of columns of which no two rows have the same. */
  unique: readonly Unique[];
}

/** What a new row holds where its writer says nothing, by model, as the schema has it; instants aside. */
function readDefaults(): ReadonlyMap<string, Json> {
  const schema = readFileSync(path.join(findProjectRoot(), "prisma/schema.prisma"), "utf8");
  const models = schema.matchAll(/^model (\w+) \{([^}]*)\}/gm);
  return new Map(
    Array.from(models, ([, name = "", fields = ""]) => [
      name.toLowerCase(),
      Object.fromEntries(
        Array.from(
          fields.matchAll(/^\s*(\w+)\s.*@default\((true|false|\d+)\)/gm),
          ([, field = "", value = ""]) => [field, JSON.parse(value)],
        ),
      ),
    ]),
  );
}

const DEFAULTS = readDefaults();

const columnsOf = (fields: Readonly<Record<string, string>>): string[] => Object.values(fields);
const OVER: readonly unknown[] = ["draft", "succeeded", "cancelled"];
const byId = { columns: ["id"] };

/** The schema as far as the engine's rules lean on it: columns, unique indexes. */
const TABLES = {
  migration: {
    columns: columnsOf(Prisma.MigrationScalarFieldEnum),
    unique: [
      byId,
      {
        columns: ["instanceId", "targetDatabase"],
        folded: true,
        where: ({ status, instanceId }) => !OVER.includes(status) && instanceId !== null,
      },
    ],
  },
  migrationStep: {
    columns: columnsOf(Prisma.MigrationStepScalarFieldEnum),
    unique: [byId, { columns: ["migrationId", "key"] }],
  },
  migrationEvent: {
    columns: columnsOf(Prisma.MigrationEventScalarFieldEnum),
    unique: [{ columns: ["migrationId", "seq"] }],
  },
  backupFile: {
    columns: columnsOf(Prisma.BackupFileScalarFieldEnum),
    unique: [byId, { columns: ["migrationId", "objectKey"] }],
  },
  importTask: {
    columns: columnsOf(Prisma.ImportTaskScalarFieldEnum),
    unique: [{ columns: ["connectionId", "instanceId", "rdsTaskId"] }],
  },
  onceCall: {
    columns: columnsOf(Prisma.OnceCallScalarFieldEnum),
    unique: [byId, { columns: ["subject"], where: (row) => row.settledAt === null }],
  },
  migrationProbe: {
    columns: columnsOf(Prisma.MigrationProbeScalarFieldEnum),
    unique: [{ columns: ["migrationId", "probeId"] }],
  },
  driftAlarm: {
    columns: columnsOf(Prisma.DriftAlarmScalarFieldEnum),
    unique: [byId, { columns: ["migrationId", "kind", "fingerprint"] }],
  },
  browserUpload: { columns: columnsOf(Prisma.BrowserUploadScalarFieldEnum), unique: [byId] },
  setting: { columns: columnsOf(Prisma.SettingScalarFieldEnum), unique: [{ columns: ["key"] }] },
  notice: { columns: columnsOf(Prisma.NoticeScalarFieldEnum), unique: [byId] },
  unknownMessage: {
    columns: columnsOf(Prisma.UnknownMessageScalarFieldEnum),
    unique: [{ columns: ["fingerprint"] }],
  },
  hookCall: { columns: columnsOf(Prisma.HookCallScalarFieldEnum), unique: [byId] },
  wave: { columns: columnsOf(Prisma.WaveScalarFieldEnum), unique: [byId] },
  connection: {
    columns: columnsOf(Prisma.ConnectionScalarFieldEnum),
    unique: [byId],
  },
} satisfies Record<string, TableRule>;

export type TableName = keyof typeof TABLES;
const RULES: Readonly<Record<TableName, TableRule>> = TABLES;
/** `columns` that every row gets when it is made. */
const STAMPED = ["createdAt", "updatedAt", "firstSeenAt", "lastSeenAt"];

/** Relations to one: from which table, by which column, to which. */
const TO_ONE: Readonly<Record<string, { by: string; to: TableName }>> = {
  migration: { by: "migrationId", to: "migration" },
  source: { by: "sourceConnectionId", to: "connection" },
};
/** Of `include` of a migration. */
const TO_MANY: Readonly<Record<string, TableName>> = {
  steps: "migrationStep",
  files: "backupFile",
  alarms: "driftAlarm",
  onceCalls: "onceCall",
};

export function isTable(name: string): name is TableName {
  return name in RULES;
}

/** Rows of all tables. Rows are never changed, only put in place of others: a copy of the lists is a copy of everything. */
export class MemoryTables {
  private rows: Record<TableName, readonly Row[]>;

  constructor(private readonly now: () => Date) {
    this.rows = MemoryTables.empty();
  }

  private static empty(): Record<TableName, readonly Row[]> {
    const none: readonly Row[] = [];
    return {
      migration: none,
      migrationStep: none,
      migrationEvent: none,
      backupFile: none,
      importTask: none,
      onceCall: none,
      migrationProbe: none,
      driftAlarm: none,
      browserUpload: none,
      notice: none,
      unknownMessage: none,
      hookCall: none,
      setting: none,
      wave: none,
      connection: none,
    };
  }

  /** What `restore` takes back to. */
  keep(): () => void {
    const kept = { ...this.rows };
    return () => {
      this.rows = kept;
    };
  }

  private relation: Relation = (row, name) => {
    const many = TO_MANY[name];
    // A task of the console has files too: a column.
    if (many && !(name in row)) return this.rows[many].filter(({ migrationId }) => migrationId === row.id);
    return this.toOne(row, name);
  };

  private toOne(row: Row, name: string): Row | null | undefined {
    const to = TO_ONE[name];
    if (!to || !(to.by in row)) return undefined;
    return this.rows[to.to].find(({ id }) => id === row[to.by]) ?? null;
  }

  private matching(table: TableName, where: unknown): Row[] {
    const wanted = where === undefined ? undefined : asJson(where);
    return this.rows[table].filter(matcherOf(wanted, this.relation));
  }

  find(table: TableName, args: Json): Json[] {
    let found = this.matching(table, args.where);
    if (args.orderBy !== undefined) found = sorted(found, args.orderBy);
    if (typeof args.take === "number") found = found.slice(0, args.take);
    if (args.select !== undefined) {
      const select = asJson(args.select);
      return found.map((row) => this.selected(row, select));
    }
    const include = args.include === undefined ? {} : asJson(args.include);
    const omitted = args.omit === undefined ? [] : Object.keys(asJson(args.omit));
    return found.map((row) => ({ ...without(row, omitted), ...this.included(row, include) }));
  }

  private selected(row: Row, select: Json): Json {
    const wanted = Object.entries(select).filter(([, how]) => how !== undefined && how !== false);
    const relations = wanted.filter(([name]) => !(name in row));
    const columns = wanted.filter(([name]) => name in row).map(([name]) => [name, row[name]]);
    return { ...Object.fromEntries(columns), ...this.included(row, Object.fromEntries(relations)) };
  }

  private included(row: Row, include: Json): Json {
    const entries = Object.entries(include).map(([name, how]): [string, unknown] => {
      const many = TO_MANY[name];
      if (many === undefined) {
        const one = this.toOne(row, name);
        if (one === undefined) throw new Error(`The store in memory knows no relation ${name}`);
        return [name, one && isPlain(how) && how.select ? this.selected(one, asJson(how.select)) : one];
      }
      const { where, ...rest } = isPlain(how) ? how : {};
      const own = { ...(isPlain(where) ? where : {}), migrationId: row.id };
      return [name, this.find(many, { ...rest, where: own })];
    });
    return Object.fromEntries(entries);
  }

  count(table: TableName, where: unknown): number {
    return this.matching(table, where).length;
  }

  /** How many rows there are of each combination of these columns. */
  countBy(table: TableName, columns: readonly string[], where: unknown): Json[] {
    const groups = new Map<string, { row: Row; count: number }>();
    for (const row of this.matching(table, where)) {
      const key = JSON.stringify(columns.map((column) => row[column]));
      const { count } = groups.get(key) ?? { count: 0 };
      groups.set(key, { row, count: count + 1 });
    }
    return [...groups.values()].map(({ row, count }) => ({
      ...Object.fromEntries(columns.map((column) => [column, row[column]])),
      _count: { _all: count },
    }));
  }

  remove(table: TableName, where: unknown): number {
    const gone = new Set(this.matching(table, where));
    this.rows[table] = this.rows[table].filter((row) => !gone.has(row));
    return gone.size;
  }

  /** Throws for a row that a unique index forbids. */
  insert(table: TableName, data: Json): Row {
    const rule = RULES[table];
    const now = this.now();
    const row: Json = {};
    for (const column of rule.columns) row[column] = STAMPED.includes(column) ? now : null;
    Object.assign(row, DEFAULTS.get(table.toLowerCase()), written(data, row, rule.columns));
    if (this.isDouble(table, row)) throw alreadyThere(table);
    this.rows[table] = [...this.rows[table], row];
    return row;
  }

  private isDouble(table: TableName, row: Row): boolean {
    return RULES[table].unique.some(({ columns, where, folded }) => {
      if (where && !where(row)) return false;
      const same = folded ? isSameFolded : Object.is;
      return this.rows[table].some(
        (other) =>
          other !== row && (!where || where(other)) && columns.every((one) => same(other[one], row[one])),
      );
    });
  }

  insertMany(table: TableName, rows: Json[], skipDuplicates: boolean): number {
    let count = 0;
    for (const data of rows) {
      const whole = { ...Object.fromEntries(RULES[table].columns.map((column) => [column, null])), ...data };
      if (skipDuplicates && this.isDouble(table, whole)) continue;
      this.insert(table, data);
      count += 1;
    }
    return count;
  }

  update(table: TableName, where: unknown, data: Json): Row[] {
    const before = new Set(this.matching(table, where));
    const after: Row[] = [];
    this.rows[table] = this.rows[table].map((row) => {
      if (!before.has(row)) return row;
      const next = { ...row, ...written(data, row, RULES[table].columns) };
      after.push(next);
      return next;
    });
    if (after.some((row) => this.isDouble(table, row))) throw alreadyThere(table);
    return after;
  }
}

function without(row: Row, omitted: readonly string[]): Row {
  if (omitted.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([column]) => !omitted.includes(column)));
}

function isSameFolded(one: unknown, other: unknown): boolean {
  return typeof one === "string" && typeof other === "string" && one.toLowerCase() === other.toLowerCase();
}

function alreadyThere(table: TableName): Error {
  const told = `Unique constraint failed on ${table}`;
  return new Prisma.PrismaClientKnownRequestError(told, { code: "P2002", clientVersion: "memory" });
}

function written(data: Json, before: Row, columns: readonly string[]): Json {
  const entries = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([column, value]): [string, unknown] => {
      if (!columns.includes(column)) throw new Error(`The store in memory knows no column ${column}`);
      if (isPlain(value) && typeof value.increment === "number" && Object.keys(value).length === 1)
        return [column, Number(before[column] ?? 0) + value.increment];
      return [column, frozenCopy(unwrapped(value))];
    });
  return Object.fromEntries(entries);
}

/**
 * What is written is not what its writer goes on to change; what is not defined is not there, as in JSON. Frozen: readers
 * share it.
 */
function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  if (!isPlain(value)) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.freeze(Object.fromEntries(kept.map(([key, one]) => [key, frozenCopy(one)])));
}

function sorted(rows: Row[], orderBy: unknown): Row[] {
  const [[column, direction] = []] = Object.entries(asJson(Array.isArray(orderBy) ? orderBy[0] : orderBy));
  if (column === undefined) return rows;
  const sign = direction === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareValues(a[column], b[column]));
}
