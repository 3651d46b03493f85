import { compileQuery } from "./compile-query";
import { convertValue } from "./convert-value";
import type { Frame, MemoryTable } from "./engine-host";
import { memoryTable } from "./memory-table";
import { emptyScope } from "./scope";
import { invalidColumn, invalidObject, SqlError } from "./sql-error";
import type { ColumnDef, SqlValue } from "./sql-type";
import type { Statement, StatementBody } from "./statement";

type Body<K extends StatementBody["kind"]> = Extract<StatementBody, { kind: K }>;

export function createTemporary(statement: Body<"create-table">, frame: Frame): void {
  const name = (statement.name.at(-1) ?? "").toLowerCase();
  const [scope] = frame.temporary;
  if (scope?.has(name) === true) {
    throw new SqlError(
      2714,
      16,
      `There is already an object named '${statement.name.at(-1) ?? ""}' in the database.`,
      {
        state: 6,
        abortsBatch: true,
      },
    );
  }
  scope?.set(name, memoryTable(statement.columns));
}

export function alterTemporary(statement: Body<"alter-table">, frame: Frame): void {
  const table = findTemporary(statement.name.at(-1) ?? "", frame);
  if (table === null) {
    throw new SqlError(
      4902,
      16,
      `Cannot find the object "${statement.name.join(".")}" because it does not exist or you do not have permissions.`,
      { abortsBatch: true },
    );
  }
  table.columns.push(...statement.add);
  table.data = table.data.map((row) => [...row, ...statement.add.map(() => null)]);
}

function findTemporary(name: string, frame: Frame): MemoryTable | null {
  for (const scope of frame.temporary) {
    const table = scope.get(name.toLowerCase());
    if (table !== undefined) return table;
  }
  return null;
}

function findTarget(target: readonly string[], frame: Frame): MemoryTable {
  const name = target.at(-1) ?? "";
  const table = name.startsWith("#") ? findTemporary(name, frame) : null;
  if (table !== null) return table;
  if (name.startsWith("#") || frame.host.findTable(target, frame) === null) {
    throw invalidObject(target.join("."));
  }
  throw new SqlError(
    229,
    14,
    `The INSERT permission was denied on the object '${name}', database '${frame.session.database}', schema '${target.at(-2) ?? "dbo"}'.`,
    { state: 5 },
  );
}

/** INSERT … SELECT or EXEC into a temporary table. */
export async function insertRows(
  statement: Body<"insert">,
  frame: Frame,
  runStatements: (list: readonly Statement[], frame: Frame) => Promise<unknown>,
): Promise<void> {
  const table = findTarget(statement.target, frame);
  const places = (statement.columns.length === 0 ? table.columns.map((c) => c.name) : statement.columns).map(
    (name) => {
      const place = table.columns.findIndex((c) => c.name.toLowerCase() === name.toLowerCase());
      if (place < 0) throw invalidColumn(name);
      return place;
    },
  );
  let inserted = 0;
  const take = (columns: readonly ColumnDef[], rows: readonly SqlValue[][]) => {
    if (columns.length !== places.length) {
      throw new SqlError(
        213,
        16,
        "Column name or number of supplied values does not match table definition.",
        {
          state: 7,
          abortsBatch: true,
        },
      );
    }
    for (const row of rows) table.data.push(placed(row, columns, places, table));
    inserted += rows.length;
  };
  if (statement.source.kind === "query") {
    const query = compileQuery(statement.source.query, emptyScope(frame));
    take(query.columns, query.run(null));
  } else {
    const capture: Frame = {
      ...frame,
      sink: {
        ...frame.sink,
        resultSet: take,
        rowsAffected: () => {},
        message: (m) => frame.sink.message(m),
        error: (e) => frame.sink.error(e),
        databaseChanged: () => {},
        flush: () => frame.sink.flush(),
      },
    };
    await runStatements([statement.source.statement], capture);
  }
  frame.session.rowCount = inserted;
  frame.sink.rowsAffected(inserted);
}

function placed(
  row: readonly SqlValue[],
  columns: readonly ColumnDef[],
  places: readonly number[],
  table: MemoryTable,
): SqlValue[] {
  const result: SqlValue[] = table.columns.map(() => null);
  places.forEach((place, i) => {
    const from = columns[i]?.type;
    const to = table.columns[place]?.type;
    if (from !== undefined && to !== undefined) result[place] = convertValue(row[i] ?? null, from, to);
  });
  return result;
}
