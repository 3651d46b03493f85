import type { Frame } from "../tsql/engine-host";

/** Sends a severity-10 message at once, in a packet of its own, while the statement goes on. */
export function sendMessage(frame: Frame, number: number, text: string): void {
  frame.sink.message({ number, state: 1, severity: 10, text, line: frame.line, procedure: "" });
  frame.sink.flush();
}
