import type { ResultSink, ServerMessage } from "../tsql/engine-host";
import type { SqlError } from "../tsql/sql-error";
import type { ColumnDef, SqlType, SqlValue } from "../tsql/sql-type";
import type { ResponseStream } from "./response-stream";
import {
  DONE,
  TOKEN,
  writeColumns,
  writeDone,
  writeEnvChange,
  writeError,
  writeInfo,
  writeReturnStatus,
  writeReturnValue,
  writeRow,
} from "./tokens";

const ROWS_A_COMMIT = 200;

/**
 * Turns results into tokens. The DONE of a statement is held back until it is known whether something follows: only
 * then does it get its MORE bit. Inside an RPC statements end with DONEINPROC.
 */
export class TokenSink implements ResultSink {
  private pending: { status: number; count: number } | null = null;
  private failed = false;
  /** A row could not be written to its end: nothing that follows could be understood. */
  torn = false;

  constructor(
    private readonly stream: ResponseStream,
    private readonly inProcedure: boolean,
    private readonly countsRows: () => boolean,
  ) {}

  resultSet(columns: readonly ColumnDef[], rows: readonly SqlValue[][]): void {
    this.release();
    const { writer } = this.stream;
    this.torn = true;
    writeColumns(writer, columns);
    rows.forEach((row, i) => {
      writeRow(writer, columns, row);
      if (i % ROWS_A_COMMIT === ROWS_A_COMMIT - 1) this.stream.commit();
    });
    this.torn = false;
    this.pending = { status: this.countsRows() ? DONE.count : 0, count: this.countsRows() ? rows.length : 0 };
    this.stream.commit();
  }
  rowsAffected(count: number): void {
    if (!this.countsRows()) return;
    this.release();
    this.pending = { status: DONE.count, count };
  }
  message(message: ServerMessage): void {
    this.release();
    writeInfo(this.stream.writer, message);
    this.stream.commit();
  }
  error(error: SqlError): void {
    this.release();
    writeError(this.stream.writer, error);
    this.failed = true;
    this.pending = { status: DONE.error, count: 0 };
  }
  databaseChanged(name: string, old: string): void {
    this.release();
    writeEnvChange(this.stream.writer, 1, name, old);
    const text = `Changed database context to '${name}'.`;
    writeInfo(this.stream.writer, { number: 5701, state: 2, severity: 0, text, line: 1, procedure: "" });
  }
  flush(): void {
    this.stream.flush();
  }

  private release(): void {
    if (this.pending === null) return;
    const { status, count } = this.pending;
    this.pending = null;
    writeDone(
      this.stream.writer,
      this.inProcedure ? TOKEN.doneInProc : TOKEN.done,
      status | DONE.more,
      count,
    );
  }

  /** Ends the reply to a batch. */
  finishBatch(): void {
    const last = this.pending ?? { status: DONE.final, count: 0 };
    this.pending = null;
    writeDone(this.stream.writer, TOKEN.done, last.status, last.count);
    this.stream.end();
  }
  /** Ends the reply to an RPC: return status, output values, DONEPROC. */
  finishProcedure(
    status: number,
    outputs: readonly { name: string; type: SqlType; value: SqlValue }[],
  ): void {
    this.release();
    const { writer } = this.stream;
    writeReturnStatus(writer, status);
    outputs.forEach((output, i) => {
      writeReturnValue(writer, i, output);
    });
    writeDone(writer, TOKEN.doneProc, this.failed ? DONE.error : DONE.final, 0);
    this.stream.end();
  }
  /** Ends a reply that was cancelled. */
  finishCancelled(): void {
    this.pending = null;
    writeDone(this.stream.writer, TOKEN.done, DONE.error, 0);
    this.stream.end();
  }
}
