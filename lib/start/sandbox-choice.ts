import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SandboxHand } from "@/lib/context/context";
import { SandboxChoice } from "@/lib/contracts/sandbox-settings";
import { replaceFile } from "@/lib/files/replace-file";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { parseScenarioNames, SCENARIO_NAMES } from "@/sandbox/scenario/scenario";

const FIRST: SandboxChoice = { start: "auto", scenario: "clean", timeFactor: 60 };

/** `hasReal`: a connection that is not the sandbox's was made here. */
const KeptChoice = z.object({ choice: SandboxChoice, hasReal: z.boolean() });
type KeptChoice = z.infer<typeof KeptChoice>;

/** Beside the store, not in it: whether there is a sandbox is asked before the store is open. */
const fileOf = (dataFolder: string): string => join(dataFolder, "sandbox.json");

/** What was chosen for a data folder; what can't be read counts as nothing chosen. */
export async function readSandboxChoice(dataFolder: string): Promise<KeptChoice> {
  const text = await readFile(fileOf(dataFolder), "utf8").catch(() => null);
  if (text === null) return { choice: FIRST, hasReal: false };
  try {
    return KeptChoice.parse(JSON.parse(text));
  } catch {
    return { choice: FIRST, hasReal: false };
  }
}

/** Whether a start has a sandbox that was not asked for or forbidden by its command. */
export function startsSandbox({ choice, hasReal }: KeptChoice): boolean {
  return choice.start === "on" || (choice.start === "auto" && !hasReal);
}

/** Whole or not at all. */
async function keep(dataFolder: string, kept: KeptChoice): Promise<void> {
  const file = fileOf(dataFolder);
  await writeFile(`${file}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  await replaceFile(`${file}.new`, file);
}

/** The sandbox that runs beside this process, if one does, and the next start's. */
export function createSandboxHand(dataFolder: string, sandbox: SandboxEndpoints | null): SandboxHand {
  const ask = async (init: RequestInit = {}): Promise<string | null> => {
    if (sandbox === null) return null;
    const answer = await fetch(`${sandbox.rds.endpoint}/sandbox/scenario`, {
      ...init,
      headers: controlHeaders(sandbox.accessKeySecret),
    });
    return z.object({ scenario: z.string() }).parse(await answer.json()).scenario;
  };
  return {
    scenarios: SCENARIO_NAMES,
    isScenario: (names) => {
      try {
        return parseScenarioNames(names).length > 0;
      } catch (error) {
        if (error instanceof RangeError) return false;
        throw error;
      }
    },
    read: async () => {
      const kept = await readSandboxChoice(dataFolder);
      return { choice: kept.choice, startsNext: startsSandbox(kept), playing: await ask() };
    },
    choose: async (choice) => {
      await keep(dataFolder, { ...(await readSandboxChoice(dataFolder)), choice });
      await ask({ method: "PUT", body: JSON.stringify({ scenario: choice.scenario }) });
    },
    noteReal: async () => {
      const kept = await readSandboxChoice(dataFolder);
      if (!kept.hasReal) await keep(dataFolder, { ...kept, hasReal: true });
    },
  };
}
