import { convertValue } from "./convert-value";
import type { Frame, Procedure } from "./engine-host";
import { parseType } from "./parse-type";
import { runBatch } from "./run-batch";
import { evaluate } from "./run-statements";
import { missingProcedure, SqlError, undeclaredVariable } from "./sql-error";
import { int, nvarchar, type SqlType, type SqlValue } from "./sql-type";
import type { Argument, Statement } from "./statement";
import { TokenCursor } from "./token-cursor";
import { tokenize } from "./tokenize";

/** A parameter handed over by EXEC or by an RPC request. */
export interface PassedValue {
  name: string | null;
  type: SqlType;
  value: SqlValue;
  output: boolean;
}

export interface CallOutcome {
  status: number;
  /** Values of the OUTPUT parameters, in the order they were passed. */
  outputs: { name: string; type: SqlType; value: SqlValue }[];
}

const MAX_NESTING = 32;

/** EXEC of a procedure: evaluates the arguments, runs it, gives OUTPUT values and the status back. */
export async function runExecute(statement: Statement & { kind: "execute" }, frame: Frame): Promise<void> {
  const parts = statement.procedure ?? nameFromVariable(statement.variable ?? "", frame);
  const passed = statement.args.map((arg) => passedValue(arg, frame));
  const outcome = await callProcedure(parts, passed, frame);
  let at = 0;
  statement.args.forEach((arg) => {
    if (!arg.output || arg.value.kind !== "variable") return;
    const result = outcome.outputs[at++];
    const variable = frame.variables.get(arg.value.name.toLowerCase());
    if (variable === undefined) throw undeclaredVariable(arg.value.name);
    if (result !== undefined) variable.value = convertValue(result.value, result.type, variable.type);
  });
  if (statement.result !== null) {
    const variable = frame.variables.get(statement.result.toLowerCase());
    if (variable === undefined) throw undeclaredVariable(statement.result);
    variable.value = convertValue(outcome.status, int, variable.type);
  }
}

function nameFromVariable(name: string, frame: Frame): string[] {
  const variable = frame.variables.get(name.toLowerCase());
  if (variable === undefined) throw undeclaredVariable(name);
  return String(variable.value ?? "")
    .split(".")
    .map((part) => part.replace(/^\[|\]$/g, ""));
}

function passedValue(arg: Argument, frame: Frame): PassedValue {
  if (arg.value.kind === "variable" && !arg.value.name.startsWith("@@")) {
    const variable = frame.variables.get(arg.value.name.toLowerCase());
    if (variable === undefined) throw undeclaredVariable(arg.value.name);
    return { name: arg.name, type: variable.type, value: variable.value, output: arg.output };
  }
  const value = evaluate(arg.value, frame);
  const type = arg.value.kind === "literal" ? arg.value.type : nvarchar(4000);
  return { name: arg.name, type, value: arg.value.kind === "literal" ? value : asText(value), output: false };
}

function asText(value: SqlValue): SqlValue {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
}

/** Calls a procedure by its name parts; sp_executesql runs its text, in the database its name says. */
export async function callProcedure(
  parts: readonly string[],
  passed: readonly PassedValue[],
  frame: Frame,
): Promise<CallOutcome> {
  const name = (parts.at(-1) ?? "").toLowerCase();
  if (name === "sp_executesql") return inDatabase(parts, frame, () => executeSql(passed, frame));
  const procedure = frame.host.findProcedure(parts, frame);
  if (procedure === null) throw missingProcedure(parts.join("."));
  return inDatabase(parts, frame, () => runProcedure(procedure, passed, name, frame));
}

async function inDatabase<T>(parts: readonly string[], frame: Frame, run: () => Promise<T>): Promise<T> {
  const [database] = parts;
  if (parts.length < 3 || database === undefined || database === "") return run();
  const name = frame.host.databaseName(database);
  if (name === null) {
    throw new SqlError(
      911,
      16,
      `Database '${database}' does not exist. Make sure that the name is entered correctly.`,
      { abortsBatch: true },
    );
  }
  frame.host.assertUsable(name, frame);
  const { session } = frame;
  const before = session.database;
  session.database = name;
  try {
    return await run();
  } finally {
    session.database = before;
  }
}

async function runProcedure(
  procedure: Procedure,
  passed: readonly PassedValue[],
  name: string,
  frame: Frame,
): Promise<CallOutcome> {
  const args: SqlValue[] = procedure.parameters.map(() => null);
  const places = passed.map((value, i) => {
    const place =
      value.name === null
        ? i
        : procedure.parameters.findIndex((p) => p.name.toLowerCase() === value.name?.toLowerCase());
    const parameter = procedure.parameters[place];
    if (parameter === undefined) {
      throw value.name === null
        ? new SqlError(8144, 16, `Procedure or function ${name} has too many arguments specified.`, {
            state: 2,
          })
        : new SqlError(8145, 16, `${value.name} is not a parameter for procedure ${name}.`);
    }
    args[place] = convertValue(value.value, value.type, parameter.type);
    return place;
  });
  const status = await procedure.run(args, frame);
  const outputs = passed.flatMap((value, i) => {
    const place = places[i] ?? 0;
    const type = procedure.parameters[place]?.type ?? value.type;
    return value.output ? [{ name: value.name ?? "", type, value: args[place] ?? null }] : [];
  });
  return { status, outputs };
}

async function executeSql(passed: readonly PassedValue[], frame: Frame): Promise<CallOutcome> {
  const [statement, declared, ...rest] = passed;
  if (statement === undefined) {
    throw new SqlError(
      201,
      16,
      "Procedure or function 'sp_executesql' expects parameter '@statement', which was not supplied.",
      {
        state: 10,
      },
    );
  }
  const text = statement.value;
  if (typeof text !== "string") return { status: 0, outputs: [] };
  const parameters = declared === undefined ? [] : parseParameters(String(declared.value ?? ""));
  const variables: Frame["variables"] = new Map();
  for (const p of parameters) variables.set(p.name.toLowerCase(), { type: p.type, value: null });
  const places = rest.map((value, i) => {
    const parameter =
      value.name === null
        ? parameters[i]
        : parameters.find((p) => p.name.toLowerCase() === value.name?.toLowerCase());
    if (parameter === undefined) {
      throw new SqlError(8144, 16, "Procedure or function has too many arguments specified.", {
        state: 2,
        abortsBatch: true,
      });
    }
    const variable = variables.get(parameter.name.toLowerCase());
    if (variable !== undefined) variable.value = convertValue(value.value, value.type, parameter.type);
    return parameter;
  });
  const missing = parameters.find((p) => !places.includes(p));
  if (missing !== undefined) {
    throw new SqlError(
      8178,
      16,
      `The parameterized query '${signature(declared?.value, text)}' expects the parameter '${missing.name}', which was not supplied.`,
      { abortsBatch: true },
    );
  }
  const status = await runText(text, frame, variables);
  const outputs = rest.flatMap((value, i) => {
    const parameter = places[i];
    if (!value.output || parameter === undefined) return [];
    const result = variables.get(parameter.name.toLowerCase())?.value ?? null;
    return [{ name: value.name ?? parameter.name, type: parameter.type, value: result }];
  });
  return { status, outputs };
}

function signature(declared: SqlValue | undefined, text: string): string {
  return `(${String(declared ?? "")})${text}`.slice(0, 256);
}

/** `@a int, @b nvarchar(10) OUTPUT` of sp_executesql and sp_prepare. */
export function parseParameters(text: string): { name: string; type: SqlType; output: boolean }[] {
  const cursor = new TokenCursor(tokenize(text), text);
  const parameters: { name: string; type: SqlType; output: boolean }[] = [];
  while (!cursor.atEnd) {
    const token = cursor.peek();
    if (token.kind !== "variable") throw cursor.unexpected();
    cursor.next();
    cursor.accept("AS");
    const type = parseType(cursor, "declare");
    parameters.push({ name: token.text, type, output: cursor.accept("OUTPUT") || cursor.accept("OUT") });
    if (!cursor.acceptOp(",")) break;
  }
  if (!cursor.atEnd) throw cursor.unexpected();
  return parameters;
}

/** Runs text as a batch of its own inside the session: own variables, own temporary tables, the same sink. */
export async function runText(text: string, frame: Frame, variables: Frame["variables"]): Promise<number> {
  if (frame.depth >= MAX_NESTING) {
    throw new SqlError(
      217,
      16,
      "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).",
      { abortsBatch: true },
    );
  }
  const { session } = frame;
  const before = { database: session.database, noCount: session.noCount };
  const nested: Frame = {
    ...frame,
    variables,
    temporary: [new Map(), ...frame.temporary],
    depth: frame.depth + 1,
  };
  try {
    const outcome = await runBatch(text, nested);
    return outcome.returned;
  } finally {
    session.noCount = before.noCount;
    if (session.database !== before.database) {
      const inside = session.database;
      session.database = before.database;
      frame.sink.databaseChanged(before.database, inside);
    }
  }
}
