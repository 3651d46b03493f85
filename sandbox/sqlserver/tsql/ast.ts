import type { SqlType, SqlValue } from "./sql-type";

export type CompareOp = "=" | "<>" | "<" | ">" | ">=";
export type ArithmeticOp = "+" | "*";

export interface OrderItem {
  expr: Expr;
  descending: boolean;
}

export type CallExpr = {
  kind: "call";
  name: string[];
  args: Expr[];
  star: boolean;
};

export type Expr =
  | { kind: "literal"; type: SqlType; value: SqlValue }
  | { kind: "variable"; name: string }
  | { kind: "column"; parts: string[] }
  | { kind: "unary"; op: "-"; operand: Expr }
  | { kind: "binary"; op: ArithmeticOp; left: Expr; right: Expr }
  | { kind: "compare"; op: CompareOp; left: Expr; right: Expr }
  | { kind: "logical"; op: "and" | "or"; left: Expr; right: Expr }
  | { kind: "is-null"; operand: Expr; negated: boolean }
  | { kind: "in-list"; operand: Expr; list: Expr[]; negated: boolean }
  | { kind: "like"; operand: Expr; pattern: Expr; escape: Expr | null; negated: boolean }
  | { kind: "case"; subject: Expr | null; whens: { when: Expr; result: Expr }[]; otherwise: Expr | null }
  | { kind: "cast"; operand: Expr; type: SqlType; style: Expr | null }
  | { kind: "subquery"; query: Query }
  | { kind: "collate"; operand: Expr; collation: string }
  | CallExpr;

export type SelectItem =
  | { kind: "star"; qualifier: string[] | null }
  | { kind: "expr"; expr: Expr; alias: string | null }
  | { kind: "assign"; variable: string; expr: Expr };

export type JoinType = "inner" | "left" | "cross-apply" | "outer-apply";

export type TableRef =
  | { kind: "table"; parts: string[]; alias: string | null }
  | { kind: "function"; parts: string[]; args: Expr[]; alias: string | null; columns: string[] }
  | { kind: "derived"; query: Query; alias: string; columns: string[] }
  | { kind: "join"; type: JoinType; left: TableRef; right: TableRef; on: Expr | null };

export interface SelectCore {
  kind: "select";
  top: Expr | null;
  items: SelectItem[];
  from: TableRef | null;
  where: Expr | null;
  groupBy: Expr[];
}

export interface Query {
  body: SelectCore;
  orderBy: OrderItem[];
}
