import { clockFunctions } from "./catalog/clock-functions";
import { findTable, findTableFunction } from "./catalog/find-table";
import { globalVariables } from "./catalog/global-variables";
import { serverFunctions } from "./catalog/server-functions";
import { alterDatabase } from "./commands/alter-database";
import { backup } from "./commands/backup";
import { dbcc } from "./commands/dbcc";
import { procedures } from "./commands/procedures";
import { restore } from "./commands/restore";
import { assertUsable } from "./model/assert-usable";
import type { SqlServerModel } from "./model/sql-server-model";
import type {
  EngineHost,
  Frame,
  Procedure,
  ScalarFunction,
  TableFunction,
  TableSource,
} from "./tsql/engine-host";
import { builtinFunctions } from "./tsql/functions/builtin";
import type { SqlType, SqlValue } from "./tsql/sql-type";
import type { Statement } from "./tsql/statement";

/** Gives the T-SQL engine this server: its catalog, functions, procedures and commands. */
export class SandboxHost implements EngineHost {
  private readonly functions: ReadonlyMap<string, ScalarFunction>;
  private readonly procedures: ReadonlyMap<string, Procedure>;

  constructor(private readonly model: SqlServerModel) {
    this.functions = new Map([...serverFunctions(model), ...clockFunctions(model), ...builtinFunctions]);
    this.procedures = procedures(model);
  }

  findTable(parts: readonly string[], frame: Frame): TableSource | null {
    return findTable(parts, frame, this.model);
  }
  findTableFunction(parts: readonly string[], frame: Frame): TableFunction | null {
    return findTableFunction(parts, frame, this.model);
  }
  findFunction(name: string): ScalarFunction | null {
    return this.functions.get(name) ?? null;
  }
  findProcedure(parts: readonly string[]): Procedure | null {
    return this.procedures.get((parts.at(-1) ?? "").toLowerCase()) ?? null;
  }
  globalVariable(name: string, frame: Frame): { type: SqlType; value: SqlValue } | null {
    return globalVariables[name]?.(frame, this.model.release) ?? null;
  }
  databaseName(name: string): string | null {
    return this.model.databaseName(name);
  }
  assertUsable(database: string, frame: Frame): void {
    assertUsable(this.model, database, frame.session);
  }
  async run(statement: Statement, frame: Frame): Promise<void> {
    switch (statement.kind) {
      case "backup":
        return backup(statement, frame, this.model);
      case "restore":
        return restore(statement, frame, this.model);
      case "alter-database":
        return alterDatabase(statement, frame, this.model);
      case "dbcc":
        return dbcc(statement, frame, this.model);
    }
  }
}
