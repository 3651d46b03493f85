import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ChaosProcess } from "../chaos/chaos-process";

/** What a process holds once its garbage is collected. MiB; handles are timers, sockets and the like; open files are the system's count. */
export interface Held {
  heapMb: number;
  externalMb: number;
  rssMb: number;
  handles: number;
  openFiles: number;
}

/** A machine that has other things to do makes one wait. */
const ANSWER_MS = 180_000;
const LOOK_MS = 50;

/** Run in the process before anything else: at a signal it collects, and adds a line to the file. */
const ANSWERING = `
import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const mib = (bytes) => Math.round((bytes / 1048576) * 10) / 10;
process.on("SIGUSR2", () => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  appendFileSync(process.env.SOAK_FILE, JSON.stringify({
    heapMb: mib(heapUsed),
    externalMb: mib(external),
    rssMb: mib(rss),
    handles: process.getActiveResourcesInfo().length,
    openFiles: existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0,
  }) + "\\n");
});
`;

/** A process of the product that tells, when it is asked, what it holds. `file`: where to; `speaks`: as of `ChaosProcess`. */
export class SampledProcess extends ChaosProcess {
  private told = 0;

  constructor(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    speaks: "stdout" | "stderr",
    private readonly file: string,
  ) {
    const script = `data:text/javascript,${encodeURIComponent(ANSWERING)}`;
    super(args, { ...env, NODE_OPTIONS: `--import=${script}`, SOAK_FILE: file }, speaks);
  }

  /** Throws when it is gone, or does not answer. */
  async held(): Promise<Held> {
    const { pid } = this;
    if (pid === null || !this.isRunning) throw new Error(`The process that was to be measured has ended.`);
    process.kill(pid, "SIGUSR2");
    for (const untilMs = Date.now() + ANSWER_MS; Date.now() < untilMs; await sleep(LOOK_MS)) {
      const lines = existsSync(this.file) ? readFileSync(this.file, "utf8").split("\n") : [];
      // The last piece is what comes after the last whole line.
      if (lines.length - 1 <= this.told) continue;
      this.told = lines.length - 1;
      return JSON.parse(lines.at(-2) ?? "") as Held;
    }
    throw new Error("The process that was to be measured did not answer.");
  }
}
