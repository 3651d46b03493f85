import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { AboutView } from "@/lib/contracts/about";
import { findProjectRoot } from "@/lib/store/project-root";
import { LATE_SECONDS, readHealth } from "@/lib/store/read-health";

const Manifest = z.object({
  version: z.string().catch("?"),
  license: z.string().catch("?"),
  dependencies: z.record(z.string(), z.string()).catch({}),
});

const OPEN = new Set(["queued", "running", "retrying", "waiting_external", "waiting_for_backup"]);
const TROUBLED = new Set(["failed", "unknown", "refused"]);

/** How store and engine do, and what the product is made of. Throws when the store does not answer. */
export async function readAbout({ ctx }: { ctx: Ctx }): Promise<AboutView> {
  requireRole(ctx.actor, "viewer");
  const from = ctx.now().getTime();
  const { steps, oldestDueSeconds } = await readHealth(ctx.db);
  const storeMs = ctx.now().getTime() - from;
  const count = (statuses: ReadonlySet<string>) =>
    steps.reduce((sum, one) => sum + (statuses.has(one.status) ? one.steps : 0), 0);
  return {
    health: {
      storeMs,
      stepsOpen: count(OPEN),
      stepsFailed: count(TROUBLED),
      oldestDueSeconds: Math.round(oldestDueSeconds),
      late: oldestDueSeconds > LATE_SECONDS,
    },
    node: process.version,
    packages: await readPackages(findProjectRoot()),
  };
}

/** What `package.json` names, as it is installed. */
async function readPackages(root: string): Promise<AboutView["packages"]> {
  const own = await readManifest(path.join(root, "package.json"));
  const names = Object.keys(own?.dependencies ?? {}).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const manifest = await readManifest(path.join(root, "node_modules", name, "package.json"));
      return { name, version: manifest?.version ?? "?", licence: manifest?.license ?? "?" };
    }),
  );
  return found;
}

async function readManifest(file: string): Promise<z.infer<typeof Manifest> | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : Manifest.parse(JSON.parse(text));
}
