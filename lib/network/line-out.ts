import { open } from "node:fs/promises";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { fileURLToPath } from "node:url";

/** Where lines go that others collect. */
export interface LineOut {
  /** What a line is there: a message of RFC 5424, or an object of JSON. */
  format: "syslog" | "json";
  /** Resolves when they are written, or handed over as far as TCP tells. Rejects where none or only some may have been. */
  send(lines: readonly string[]): Promise<void>;
}

export const LINE_PROTOCOLS = ["syslog+tls:", "syslog+tcp:", "file:"] as const;

/** Ports that RFC 5425 and RFC 6587 name. */
const PORTS = { "syslog+tls:": 6514, "syslog+tcp:": 601 } as const;
const TIMEOUT_MS = 10_000;
/** How long the other end may take to close after we have. */
const CLOSE_MS = 5_000;

/**
 * `syslog+tls://collector:6514`, certificates checked; `syslog+tcp://collector:601`, in clear; `file:///var/log/chainferry-audit.jsonl`, to which
 * is added. Each batch is a connection of its own: syslog has no answers, and a connection that was closed in order is the most that tells
 * that a batch came through. https://www.rfc-editor.org/rfc/rfc5425 https://www.rfc-editor.org/rfc/rfc6587#section-3.4.1
 */
export function createLineOut(target: URL): LineOut {
  const { protocol } = target;
  if (protocol === "file:") {
    const path = fileURLToPath(target);
    return { format: "json", send: (lines) => append(path, lines) };
  }
  if (protocol !== "syslog+tls:" && protocol !== "syslog+tcp:")
    throw new Error(`Lines go to ${LINE_PROTOCOLS.join(", ")} and not to ${protocol}`);
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = target.port === "" ? PORTS[protocol] : Number(target.port);
  const connect = () =>
    protocol === "syslog+tcp:"
      ? connectTcp({ host, port })
      : connectTls({ host, port, minVersion: "TLSv1.2", ...(isIP(host) === 0 ? { servername: host } : {}) });
  return { format: "syslog", send: (lines) => handOver(connect(), lines) };
}

async function append(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, "a", 0o600);
  try {
    await file.appendFile(lines.map((line) => `${line}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Each message with its length in octets before it: a message may hold new lines. */
function handOver(socket: Socket, lines: readonly string[]): Promise<void> {
  return new Promise((settle, fail) => {
    const end = (error: Error | null) => {
      socket.destroy();
      if (error) fail(error);
      else settle();
    };
    socket.setTimeout(TIMEOUT_MS, () => end(new Error("No answer in time.")));
    socket.once("error", end);
    // Written to its end: a collector that closes in the middle has only some.
    socket.once("close", () =>
      end(socket.writableFinished ? null : new Error("Closed before all was sent.")),
    );
    socket.once("finish", () => socket.setTimeout(CLOSE_MS, () => end(null)));
    // What the other end says is not ours to read; unread, its end would never be seen.
    socket.resume();
    socket.end(lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join(""));
  });
}
