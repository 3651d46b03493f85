import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { readFromServing } from "@/lib/start/serving-file";
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
    output: ([program = "", ...args]) => {
      const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
      return status === 0 ? stdout : "";
    },
    isUp: async (dataFolder) => {
      try {
        return (await readFromServing(dataFolder, "/healthz"))?.ok ?? false;
      } catch {
        // It has left word and does not listen yet, or no more.
        return false;
      }
    },
    wait: (ms) => sleep(ms),
  };
}
