import { checkBatch, declareVariables } from "./check-batch";
import type { Frame } from "./engine-host";
import { parseBatch } from "./parse-batch";
import { BatchAborted, runStatements } from "./run-statements";
import { SqlError } from "./sql-error";

/** How a batch ended: its RETURN value (0 when it had none), or that an error ended it. */
export interface BatchOutcome {
  returned: number;
  aborted: boolean;
}

/**
 * Runs a batch to its end, writing results, messages and errors to the frame's sink. Like SQL Server it refuses the
 * whole batch for a syntax or binding error. Throws RequestCancelled when the frame's signal fires.
 */
export async function runBatch(sql: string, frame: Frame): Promise<BatchOutcome> {
  try {
    const statements = parseBatch(sql);
    declareVariables(statements, frame);
    checkBatch(statements, frame);
    const flow = await runStatements(statements, frame);
    return { returned: flow.kind === "return" ? flow.value : 0, aborted: false };
  } catch (error) {
    if (error instanceof BatchAborted) return { returned: 0, aborted: true };
    if (!(error instanceof SqlError)) throw error;
    report(error, frame);
    return { returned: 0, aborted: true };
  }
}

/** Sends an error, those that came before it first. */
export function report(error: SqlError, frame: Frame): void {
  for (const earlier of error.preceding) {
    if (earlier.line === 0) earlier.line = error.line;
    frame.sink.error(earlier);
  }
  frame.session.lastError = error.number;
  frame.sink.error(error);
}
