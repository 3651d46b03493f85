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
  | { kind: "declare-table"; name: string; columns: ColumnDef[] }
  | { kind: "set-variable"; name: string; op: "=" | "+" | "-" | "*" | "/" | "%"; value: Expr }
  | { kind: "set-option"; option: string; value: string }
  | { kind: "if"; condition: Expr; then: Statement; otherwise: Statement | null }
  | { kind: "while"; condition: Expr; body: Statement }
  | { kind: "block"; body: Statement[] }
  | { kind: "try"; body: Statement[]; handler: Statement[] }
  | { kind: "break" }
  | { kind: "continue" }
  | { kind: "return"; value: Expr | null }
  | { kind: "print"; value: Expr }
  | { kind: "raiserror"; args: Expr[]; options: string[] }
  | { kind: "throw"; args: Expr[] }
  | {
      kind: "execute";
      procedure: string[] | null;
      variable: string | null;
      result: string | null;
      args: Argument[];
    }
  | { kind: "execute-text"; text: Expr }
  | { kind: "use"; database: string }
  | { kind: "transaction"; action: "begin" | "commit" | "rollback" | "save" }
  | { kind: "waitfor"; mode: "delay" | "time"; value: Expr }
  | { kind: "create-table"; name: string[]; columns: ColumnDef[] }
  | { kind: "alter-table"; name: string[]; add: ColumnDef[] }
  | { kind: "drop-table"; names: string[][]; ifExists: boolean }
  | { kind: "insert"; target: InsertTarget; columns: string[]; source: InsertSource }
  | { kind: "delete"; target: InsertTarget; where: Expr | null }
  | { kind: "kill"; session: Expr }
  | { kind: "nothing" }
  /** A statement that SQL Server knows and the sandbox's login may not run. */
  | { kind: "denied"; number: number; message: string }
  | BackupStatement
  | RestoreStatement
  | AlterDatabaseStatement
  | DbccStatement;

export type InsertTarget = { kind: "table"; parts: string[] } | { kind: "variable"; name: string };
export type InsertSource = { kind: "query"; query: Query } | { kind: "execute"; statement: Statement };

export type Statement = StatementBody & { line: number };
