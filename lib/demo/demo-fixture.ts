import { spawn } from "node:child_process";
import { expect } from "vitest";
import type { DemoReport } from "./demo-report";
import { type DemoOptions, playDemo } from "./play-demo";

/** Hours of the sandbox pass in seconds. */
export const TIME_FACTOR = 120;

/** Runs the command as a user does; the last line of stdout is the report. */
export function command(args: string[]): Promise<{ code: number | null; report: DemoReport }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, ["scripts/run.mjs", "chainferry", "demo", "--json", ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.once("close", (code) => {
      const lines = output.trim().split("\n");
      try {
        expect(lines, "one line of JSON on stdout").toHaveLength(1);
        settle({ code, report: JSON.parse(lines[0] ?? "") });
      } catch (error) {
        fail(error);
      }
    });
  });
}

/** The same within this process: its code is loaded once. */
export function demo(options: Partial<DemoOptions>): Promise<DemoReport> {
  return playDemo({ json: true, scenario: "clean", timeFactor: TIME_FACTOR, ...options });
}

export function typesOf(report: DemoReport): (string | null)[] {
  return report.files.map((file) => (file.tail ? "tail" : file.type));
}

export function expectOnline(report: DemoReport): void {
  expect(report).toMatchObject({ status: "online", failure: null, check: { ok: true } });
  for (const file of report.files) expect(file.importedTimes, file.name).toBe(1);
  expect(report.downtimeSeconds).toBeGreaterThan(0);
}
