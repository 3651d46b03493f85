import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { findProjectRoot } from "@/lib/store/project-root";

export interface Writer {
  process: ChildProcess;
  /** Lines printed so far. */
  lines: string[];
  /** Resolves when this many lines are there; rejects when it ends before. */
  printed(count: number): Promise<void>;
  /** SIGKILL, then waits for its end. */
  kill(): Promise<void>;
}

/** For tests: `write-until-killed.ts` as a real process on a store's folder. */
export function spawnWriter(folder: string): Writer {
  const child = spawn(process.execPath, ["scripts/run.mjs", "write-until-killed", folder], {
    cwd: findProjectRoot(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const waiting: { count: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const one of waiting) if (lines.length >= one.count) one.resolve();
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      for (const one of waiting) one.reject(new Error(`The writer ended after ${lines.length} lines`));
      resolve();
    });
  });
  return {
    process: child,
    lines,
    printed: (count) =>
      new Promise((resolve, reject) => {
        if (lines.length >= count) resolve();
        else waiting.push({ count, resolve, reject });
      }),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
