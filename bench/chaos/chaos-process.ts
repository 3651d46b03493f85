import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process of the product that is killed, stopped and started again. */
export class ChaosProcess {
  private child: ChildProcess | null = null;
  private isStopped = false;

  /** `speaks`: on which stream its first line says that it is up. */
  constructor(
    private readonly args: readonly string[],
    private readonly env: Readonly<Record<string, string>>,
    private readonly speaks: "stdout" | "stderr",
  ) {}

  /** Up, or gone again before it said so: the next look starts it anew. Its first line, or null. */
  async start(): Promise<string | null> {
    const child = spawn(process.execPath, ["scripts/run.mjs", "chainferry", ...this.args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.env },
    });
    this.child = child;
    this.isStopped = false;
    const other = this.speaks === "stdout" ? child.stderr : child.stdout;
    other?.pipe(process.stderr, { end: false });
    const stream = child[this.speaks];
    if (!stream) return null;
    const lines = createInterface({ input: stream });
    const first = once(lines, "line").then(([line]: unknown[]) => String(line));
    const ended = once(child, "exit").then(() => null);
    const line = await Promise.race([first, ended]);
    // What comes later is for whoever looks for the cause of a failed run.
    lines.on("line", (later) => console.error(later));
    return line;
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Asks it to end, and returns the last line that it says. */
  async endWithLine(): Promise<string> {
    const { child } = this;
    if (!child?.stdout || !this.isRunning) return "";
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
    });
    const ended = once(child, "close");
    child.kill("SIGTERM");
    await ended;
    return text.trimEnd().split("\n").at(-1) ?? "";
  }

  /** Null while it runs. */
  get exitCode(): number | null {
    return this.child?.exitCode ?? null;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  get isHeld(): boolean {
    return this.isStopped;
  }

  /** Asks it to end, as a supervisor does before it starts the next version. How long that took, milliseconds. */
  async drain(): Promise<number> {
    const { child } = this;
    if (!child || !this.isRunning) return 0;
    const began = performance.now();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    return performance.now() - began;
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    this.isStopped = false;
  }

  stop(): void {
    this.isStopped = true;
    this.child?.kill("SIGSTOP");
  }

  goOn(): void {
    this.isStopped = false;
    this.child?.kill("SIGCONT");
  }
}
