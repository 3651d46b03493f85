import type { SqlType, SqlValue } from "./sql-type";

export type CompareOp = "=" | "<>" | "<" | "<=" | ">" | ">=";
export type ArithmeticOp = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^";

export interface OrderItem {
  expr: Expr;
  descending: boolean;
}

export interface Window {
  partitionBy: Expr[];
  orderBy: OrderItem[];
}

export type CallExpr = {
  kind: "call";
  name: string[];
  args: Expr[];
  distinct: boolean;
  star: boolean;
  over: Window | null;
  withinGroup: OrderItem[];
};

export type Expr =
  | { kind: "literal"; type: SqlType; value: SqlValue }
  | { kind: "variable"; name: string }
  | { kind: "column"; parts: string[] }
  | { kind: "unary"; op: "-" | "+" | "~"; operand: Expr }
  | { kind: "binary"; op: ArithmeticOp; left: Expr; right: Expr }
  | { kind: "compare"; op: CompareOp; left: Expr; right: Expr }
  | { kind: "logical"; op: "and" | "or"; left: Expr; right: Expr }
  | { kind: "not"; operand: Expr }
  | { kind: "is-null"; operand: Expr; negated: boolean }
  | { kind: "in-list"; operand: Expr; list: Expr[]; negated: boolean }
  | { kind: "in-query"; operand: Expr; query: Query; negated: boolean }
  | { kind: "like"; operand: Expr; pattern: Expr; escape: Expr | null; negated: boolean }
  | { kind: "between"; operand: Expr; low: Expr; high: Expr; negated: boolean }
  | { kind: "exists"; query: Query }
  | { kind: "case"; subject: Expr | null; whens: { when: Expr; result: Expr }[]; otherwise: Expr | null }
  | { kind: "cast"; operand: Expr; type: SqlType; style: Expr | null; attempt: boolean }
  | { kind: "subquery"; query: Query }
  | { kind: "collate"; operand: Expr; collation: string }
  | CallExpr;

export type SelectItem =
  | { kind: "star"; qualifier: string[] | null }
  | { kind: "expr"; expr: Expr; alias: string | null }
  | { kind: "assign"; variable: string; expr: Expr };

export type JoinType = "inner" | "left" | "right" | "full" | "cross" | "cross-apply" | "outer-apply";

export type TableRef =
  | { kind: "table"; parts: string[]; alias: string | null }
  | { kind: "variable"; name: string; alias: string | null }
  | { kind: "function"; parts: string[]; args: Expr[]; alias: string | null; columns: string[] }
  | { kind: "derived"; query: Query; alias: string; columns: string[] }
  | { kind: "join"; type: JoinType; left: TableRef; right: TableRef; on: Expr | null };

export interface SelectCore {
  kind: "select";
  distinct: boolean;
  top: { count: Expr; percent: boolean; ties: boolean } | null;
  items: SelectItem[];
  into: string[] | null;
  from: TableRef | null;
  where: Expr | null;
  groupBy: Expr[];
  having: Expr | null;
}

export type QueryBody =
  | SelectCore
  | { kind: "values"; rows: Expr[][] }
  | { kind: "set"; op: "union" | "union-all" | "except" | "intersect"; left: QueryBody; right: QueryBody };

export interface CommonTable {
  name: string;
  columns: string[];
  query: Query;
}

export interface Query {
  with: CommonTable[];
  body: QueryBody;
  orderBy: OrderItem[];
  offset: Expr | null;
  fetch: Expr | null;
  /** FOR XML PATH('name'): rows become one string. */
  xmlPath: string | null;
}
