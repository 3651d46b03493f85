import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import type { ServiceMachine } from "./service-command";

/** The machine that this process runs on. `CHAINFERRY_RELEASE` is what the launcher of a release says. */
export function thisMachine(): ServiceMachine {
  return {
    platform: process.platform,
    release: process.env.CHAINFERRY_RELEASE ?? null,
    home: homedir(),
    programData: process.env.ProgramData ?? String.raw`C:\ProgramData`,
    run: ([program = "", ...args], quiet = false) =>
      spawnSync(program, args, { stdio: quiet ? "ignore" : "inherit" }).status ?? 1,
  };
}
