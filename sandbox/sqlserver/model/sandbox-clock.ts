import { RequestCancelled } from "../tsql/sql-error";

/** The server stands in China Standard Time. */
export const UTC_OFFSET_MINUTES = 480;

/**
 * The server's clock shows the machine's own time, so that it agrees with what people see; `timeFactor` only makes its
 * work faster: that many seconds of load, backup or check pass in one real second.
 */
export class SandboxClock {
  constructor(
    readonly timeFactor: number,
    private readonly readNow: () => number = Date.now,
  ) {}

  /** Milliseconds since 1970 UTC. */
  now(): number {
    return this.readNow();
  }
  /** The wall clock of the server, as milliseconds that read as UTC. */
  localNow(): number {
    return this.readNow() + UTC_OFFSET_MINUTES * 60_000;
  }
  realMs(serverSeconds: number): number {
    return (serverSeconds * 1000) / this.timeFactor;
  }
  /** Waits while `serverSeconds` pass on the server. Throws RequestCancelled when the signal fires. */
  async wait(serverSeconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new RequestCancelled();
    await new Promise<void>((resolve, reject) => {
      const cancel = () => {
        clearTimeout(timer);
        reject(new RequestCancelled());
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", cancel);
        resolve();
      }, this.realMs(serverSeconds));
      signal.addEventListener("abort", cancel, { once: true });
    });
  }
}

/** `yyyy-MM-ddTHH:mm:ss` of a wall-clock value. */
export function wallText(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19);
}
