import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Ctx } from "@/lib/context/context";
import { demoDraft } from "@/lib/demo/demo-draft";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { ImportLedger } from "@/sandbox/rds/control-page";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** For tests: a command of the product in a process of its own. */
export function chainferry(args: string[], env: Record<string, string | undefined> = {}): ChildProcess {
  return spawn(process.execPath, ["scripts/run.mjs", "chainferry", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
}

/** Rejects when the process ends before it. */
export function firstLine(child: ChildProcess, stream: "stdout" | "stderr"): Promise<string> {
  return new Promise((settle, fail) => {
    const lines = child[stream];
    if (!lines) throw new Error("no pipe");
    createInterface({ input: lines }).once("line", settle);
    child.once("exit", (code) => fail(new Error(`A process ended with ${code} before its first line`)));
  });
}

/** SIGKILL, also of one that stands still. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((settle) => child.once("exit", settle));
  child.kill("SIGKILL");
  await ended;
}

/** Starts a migration of the sandbox's first database, whose backups the product takes. Its id. */
export async function begin(ctx: Ctx, endpoints: SandboxEndpoints): Promise<string> {
  const database = endpoints.sqlServer.databases[0] ?? "";
  const kind = { by: "app" as const, folder: endpoints.sqlServer.localFolder, database };
  const draft = demoDraft(kind, endpoints);
  const { id } = await createDraft({ ctx, input: { draft } });
  await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  return id;
}

/** Keys of the objects that the sandbox's RDS took, in order. */
export async function acceptedKeys(endpoints: SandboxEndpoints): Promise<string[]> {
  const answer = await fetch(`${endpoints.rds.endpoint}/sandbox/ledger`, {
    headers: controlHeaders(endpoints.accessKeySecret),
  });
  const { entries } = (await answer.json()) as ImportLedger;
  return entries.map(({ objectKey }) => objectKey);
}
