import { SqlError } from "./sql-error";
import type { SqlType } from "./sql-type";
import { typeOf } from "./sql-type";
import type { TokenCursor } from "./token-cursor";

/** Reads `nvarchar(max)`, `numeric(25, 0)`, `sys.sysname`. Throws 2715 for a type that does not exist. */
export function parseType(cursor: TokenCursor, context: "cast" | "declare"): SqlType {
  const line = cursor.peek().line;
  let name = cursor.anyName();
  while (cursor.acceptOp(".")) name = cursor.anyName();
  if (/^double$/i.test(name) && cursor.accept("PRECISION")) name = "float";
  if (/^national$/i.test(name)) name = `n${cursor.anyName()}`;
  if (cursor.accept("VARYING")) name = `${name.replace(/^character$/i, "")}varchar`;
  const args: (number | "max")[] = [];
  if (cursor.acceptOp("(")) {
    do args.push(cursor.accept("MAX") ? "max" : cursor.integer());
    while (cursor.acceptOp(","));
    cursor.expectOp(")");
  }
  const type = typeOf(name, args, context);
  if (type !== null) return type;
  if (context === "cast") {
    throw new SqlError(243, 16, `Type ${name} is not a defined system type.`, { line, abortsBatch: true });
  }
  throw new SqlError(2715, 16, `Column, parameter, or variable #1: Cannot find data type ${name}.`, {
    line,
    state: 3,
    abortsBatch: true,
  });
}
