import type { Frame } from "../tsql/engine-host";
import { type CallOutcome, callProcedure, type PassedValue } from "../tsql/run-execute";
import { SqlError } from "../tsql/sql-error";
import { int } from "../tsql/sql-type";

interface Prepared {
  declaration: PassedValue;
  text: PassedValue;
}

/** sp_prepare, sp_execute, sp_prepexec and sp_unprepare of one connection. */
export class PreparedStatements {
  private readonly statements = new Map<number, Prepared>();
  private nextHandle = 1;

  /** Runs the call, null when it is none of the four. */
  async call(name: string, parameters: readonly PassedValue[], frame: Frame): Promise<CallOutcome | null> {
    const [first, second, third, ...values] = parameters;
    switch (name.toLowerCase()) {
      case "sp_prepare":
      case "sp_prepexec": {
        if (first === undefined || second === undefined || third === undefined) throw missingParameter(name);
        const handle = this.nextHandle++;
        const prepared = { declaration: { ...second, name: null }, text: { ...third, name: null } };
        this.statements.set(handle, prepared);
        const output = { name: first.name ?? "@handle", type: int, value: handle };
        if (name.toLowerCase() === "sp_prepare") return { status: 0, outputs: [output] };
        const outcome = await run(prepared, values, frame);
        return { status: outcome.status, outputs: [output, ...outcome.outputs] };
      }
      case "sp_execute": {
        const prepared = this.statements.get(Number(first?.value));
        if (prepared === undefined) throw unknownHandle(first);
        return run(prepared, parameters.slice(1), frame);
      }
      case "sp_unprepare": {
        if (!this.statements.delete(Number(first?.value))) throw unknownHandle(first);
        return { status: 0, outputs: [] };
      }
      default:
        return null;
    }
  }
}

function run(prepared: Prepared, values: readonly PassedValue[], frame: Frame): Promise<CallOutcome> {
  return callProcedure(["sp_executesql"], [prepared.text, prepared.declaration, ...values], frame);
}

function unknownHandle(handle: PassedValue | undefined): SqlError {
  return new SqlError(
    8179,
    16,
    `Could not find prepared statement with handle ${String(handle?.value ?? 0)}.`,
    {
      state: 2,
    },
  );
}

function missingParameter(name: string): SqlError {
  return new SqlError(
    201,
    16,
    `Procedure or function '${name}' expects parameter '@stmt', which was not supplied.`,
    {
      state: 10,
    },
  );
}
