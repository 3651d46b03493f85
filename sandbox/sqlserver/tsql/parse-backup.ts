import type { Expr } from "./ast";
import { nvarchar } from "./sql-type";
import type { BackupStatement, RestoreStatement, StatementBody, WithOption } from "./statement";
import type { TokenCursor } from "./token-cursor";

/** BACKUP DATABASE | LOG name TO DISK = path [, …] WITH …; names, paths and texts may be variables. */
export function parseBackup(cursor: TokenCursor): StatementBody {
  cursor.expect("BACKUP");
  const log = cursor.accept("LOG");
  if (!log) cursor.expect("DATABASE");
  const database = nameOrVariable(cursor);
  cursor.expect("TO");
  const devices = parseDevices(cursor);
  const statement: BackupStatement = {
    kind: "backup",
    what: log ? "log" : "database",
    database,
    devices,
    options: parseWithOptions(cursor),
  };
  return statement;
}

/** RESTORE DATABASE | LOG …, and the ONLY forms that look into a file. */
export function parseRestore(cursor: TokenCursor): StatementBody {
  cursor.expect("RESTORE");
  const word = cursor.anyName().toLowerCase();
  const forms = ["database", "log", "headeronly", "filelistonly", "labelonly", "verifyonly"] as const;
  const what = forms.find((form) => form === word);
  if (what === undefined) {
    cursor.rewind(cursor.position - 1);
    throw cursor.unexpected();
  }
  const statement: RestoreStatement = {
    kind: "restore",
    what,
    database: what === "database" || what === "log" ? nameOrVariable(cursor) : null,
    devices: [],
    options: [],
  };
  if (cursor.accept("FROM")) statement.devices = parseDevices(cursor);
  statement.options = parseWithOptions(cursor);
  return statement;
}

function nameOrVariable(cursor: TokenCursor): Expr {
  const token = cursor.peek();
  if (token.kind === "variable") {
    cursor.next();
    return { kind: "variable", name: token.text };
  }
  const text = cursor.identifier();
  return { kind: "literal", type: nvarchar(Math.max(1, text.length)), value: text };
}

function parseDevices(cursor: TokenCursor): { type: string; path: Expr }[] {
  const devices: { type: string; path: Expr }[] = [];
  do {
    if (cursor.isOneOf("DISK", "TAPE", "URL", "VIRTUAL_DEVICE")) {
      const type = cursor.next().text.toUpperCase();
      cursor.expectOp("=");
      devices.push({ type, path: stringOrVariable(cursor) });
    } else {
      devices.push({ type: "LOGICAL", path: nameOrVariable(cursor) });
    }
  } while (cursor.acceptOp(","));
  return devices;
}

function stringOrVariable(cursor: TokenCursor): Expr {
  const token = cursor.peek();
  if (token.kind === "string") {
    cursor.next();
    return { kind: "literal", type: nvarchar(Math.max(1, token.text.length)), value: token.text };
  }
  if (token.kind === "variable") return nameOrVariable(cursor);
  throw cursor.unexpected();
}

function parseWithOptions(cursor: TokenCursor): WithOption[] {
  const options: WithOption[] = [];
  if (!cursor.accept("WITH")) return options;
  do {
    const name = cursor.anyName().toUpperCase();
    if (name === "MOVE") {
      const from = stringOrVariable(cursor);
      cursor.expect("TO");
      options.push({ name, value: from }, { name: "MOVE_TO", value: stringOrVariable(cursor) });
    } else if (cursor.acceptOp("=")) {
      const token = cursor.peek();
      if (token.kind === "number") {
        const value = cursor.integer();
        options.push({
          name,
          value: { kind: "literal", type: { ...nvarchar(20), name: "int", length: 0 }, value },
        });
      } else options.push({ name, value: stringOrVariable(cursor) });
    } else {
      options.push({ name, value: null });
    }
  } while (cursor.acceptOp(","));
  return options;
}
