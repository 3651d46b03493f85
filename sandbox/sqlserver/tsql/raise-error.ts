import type { Frame } from "./engine-host";
import { evaluate } from "./run-statements";
import { SqlError } from "./sql-error";
import { int, type SqlValue } from "./sql-type";
import type { Statement } from "./statement";

/** RAISERROR with a text: up to severity 10 a message, above it an error 50000. WITH NOWAIT sends it at once. */
export function raiserror(statement: Statement & { kind: "raiserror" }, frame: Frame): void {
  const [message, severity, state, ...rest] = statement.args;
  if (message === undefined || severity === undefined || state === undefined) {
    throw new SqlError(102, 15, "Incorrect syntax near 'RAISERROR'.", { abortsBatch: true });
  }
  const value = evaluate(message, frame);
  const level = Number(evaluate(severity, frame, int) ?? 0);
  const stateNumber = Number(evaluate(state, frame, int) ?? 1);
  const args = rest.map((arg) => evaluate(arg, frame));
  const number = typeof value === "number" ? value : 50000;
  const text =
    typeof value === "number"
      ? `Error ${value}, severity ${level}, state ${stateNumber} was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.`
      : format(typeof value === "string" ? value : "", args);
  if (level > 10) throw new SqlError(number, Math.min(level, 18), text, { state: stateNumber });
  frame.sink.message({ number, state: stateNumber, severity: level, text, line: frame.line, procedure: "" });
  if (statement.options.includes("NOWAIT")) frame.sink.flush();
}

/** The printf subset of RAISERROR: %s %d %i %u %x %o, flags and width, %%, and %I64d. */
function format(text: string, args: readonly SqlValue[]): string {
  let at = 0;
  return text.replace(
    /%(%|([-+0# ]*)(\d*)(?:\.(\d+))?(?:I64|h|l)?([sdiuxXo]))/g,
    (whole, kind, flags, width, cut, type) => {
      if (kind === "%") return "%";
      if (at >= args.length) return whole;
      const value = args[at++];
      if (value === undefined || value === null) return "(null)";
      let shown = String(value);
      if (type === "x") shown = BigInt(shown).toString(16);
      if (type === "X") shown = BigInt(shown).toString(16).toUpperCase();
      if (type === "o") shown = BigInt(shown).toString(8);
      if (type === "s" && cut !== undefined) shown = shown.slice(0, Number(cut));
      const size = Number(width || 0);
      if (String(flags).includes("-")) return shown.padEnd(size);
      return shown.padStart(size, String(flags).includes("0") && type !== "s" ? "0" : " ");
    },
  );
}
