import type { Expr, Query } from "./ast";
import type { ColumnDef, SqlType } from "./sql-type";

/** A literal or a @variable, where BACKUP, RESTORE and EXEC take either. */
export interface Argument {
  name: string | null;
  value: Expr;
  output: boolean;
}

export type WithOption = { name: string; value: Expr | null };

export interface BackupStatement {
  kind: "backup";
  what: "database" | "log";
  database: Expr;
  devices: { type: string; path: Expr }[];
  options: WithOption[];
}

export interface RestoreStatement {
  kind: "restore";
  what: "database" | "log" | "headeronly" | "filelistonly" | "labelonly" | "verifyonly";
  database: Expr | null;
  devices: { type: string; path: Expr }[];
  options: WithOption[];
}

export type Termination = { kind: "wait" } | { kind: "no-wait" } | { kind: "rollback"; afterSeconds: number };

export interface AlterDatabaseStatement {
  kind: "alter-database";
  /** Null: CURRENT. */
  database: string | null;
  /** Upper-case words after SET, one list an option; null when the form is not a SET. */
  set: string[][] | null;
  termination: Termination;
}

export interface DbccStatement {
  kind: "dbcc";
  command: string;
  args: Expr[];
  options: string[];
}

export type StatementBody =
  | { kind: "query"; query: Query }
  | { kind: "declare"; variables: { name: string; type: SqlType; initial: Expr | null }[] }
  | { kind: "set-variable"; name: string; value: Expr }
  | { kind: "set-option"; option: string; value: string }
  | { kind: "if"; condition: Expr; then: Statement; otherwise: Statement | null }
  | { kind: "while"; condition: Expr; body: Statement }
  | { kind: "block"; body: Statement[] }
  | { kind: "break" }
  | { kind: "continue" }
  | { kind: "return"; value: Expr | null }
  | { kind: "print"; value: Expr }
  | { kind: "raiserror"; args: Expr[]; options: string[] }
  | {
      kind: "execute";
      procedure: string[] | null;
      variable: string | null;
      result: string | null;
      args: Argument[];
    }
  | { kind: "use"; database: string }
  | { kind: "create-table"; name: string[]; columns: ColumnDef[] }
  | { kind: "alter-table"; name: string[]; add: ColumnDef[] }
  | { kind: "insert"; target: string[]; columns: string[]; source: InsertSource }
  /** A statement that SQL Server knows and the sandbox's login may not run. */
  | { kind: "denied"; number: number; message: string }
  | BackupStatement
  | RestoreStatement
  | AlterDatabaseStatement
  | DbccStatement;

export type InsertSource = { kind: "query"; query: Query } | { kind: "execute"; statement: Statement };

export type Statement = StatementBody & { line: number };
