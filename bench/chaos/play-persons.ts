import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { demoDraft } from "@/lib/demo/demo-draft";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { ImportLedger } from "@/sandbox/rds/control-page";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { ChaosPlan } from "./chaos-plan";
import { nextWish } from "./next-wish";

const LOOK_MS = 400;
/** Exit code of who was asked to end before everything was at its end. */
const ASKED_TO_END = 3;

/**
 * The services behind the pages in a process of its own, and persons who want every migration of the plan online: they look at
 * each in turn and ask for what is next. Whatever is refused, or breaks because the store was cut off, is looked at again. Exit
 * code 0 when every migration has come to its end. The plan is in the file that `CHAOS_PLAN` names.
 */
export async function playPersons(): Promise<number> {
  const plan = ChaosPlan.parse(JSON.parse(readFileSync(process.env.CHAOS_PLAN ?? "", "utf8")));
  const endpoints = JSON.parse(readFileSync(plan.endpointsFile, "utf8")) as SandboxEndpoints;
  const { dataFolder, databaseUrl, pollMs, lookGraceMs } = plan;
  const isEmbedded = databaseUrl === null;
  const runtime = await startBesideSandbox(endpoints, {
    dataFolder,
    databaseUrl,
    pollMs,
    lookGraceMs,
    runsSteps: isEmbedded,
  });
  const ctx = runtime.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });
  console.log("ready");
  let asked = false;
  process.once("SIGTERM", () => {
    asked = true;
  });
  const tries = new Map<string, number>();
  // Not from the first on: who is killed before the last would never come to it.
  const first = process.pid % plan.databases.length;
  const databases = [...plan.databases.slice(first), ...plan.databases.slice(0, first)];
  for (;;) {
    let ended = 0;
    for (const database of databases) {
      if (asked) break;
      try {
        if (await isAtItsEnd(ctx, { database, instanceId: instanceOf(plan, database), endpoints, tries }))
          ended += 1;
      } catch (error) {
        // Refused, or the store is away for now: the next look tells.
        ctx.log.warn({ err: error, database }, "not now");
      }
    }
    if (asked || ended === plan.databases.length) break;
    await sleep(LOOK_MS);
  }
  await runtime.stop();
  return asked ? ASKED_TO_END : 0;
}

/** Databases go to the instances in turn. */
function instanceOf({ databases, instances }: ChaosPlan, database: string): string {
  return instances[databases.indexOf(database) % instances.length] ?? "";
}

async function isAtItsEnd(
  ctx: Ctx,
  on: { database: string; instanceId: string; endpoints: SandboxEndpoints; tries: Map<string, number> },
): Promise<boolean> {
  const { database, instanceId, endpoints, tries } = on;
  const folder = endpoints.sqlServer.localFolder;
  const draft = { ...demoDraft({ by: "app", folder, database }, endpoints), instanceId };
  const rows = await ctx.db.migration.findMany({
    where: { draft: { path: ["sourceDatabase"], equals: database } },
    select: { id: true, status: true },
  });
  const started = rows.find(({ status }) => status !== "draft");
  if (!started) {
    const id = rows[0]?.id ?? (await createDraft({ ctx, input: { draft } })).id;
    await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
    return false;
  }
  const migrationId = started.id;
  const view = await getMigration({ ctx, input: { migrationId } });
  const isUnknown = view.steps.some(({ status }) => status === "unknown");
  const accepted = isUnknown ? await acceptedImports(endpoints) : new Map<string, string>();
  const tried = tries.get(migrationId) ?? 0;
  const wish = nextWish(view, tried, (key) => accepted.get(key) ?? null);
  if (wish.ends) return true;
  if (wish.action?.type === "retry_step") tries.set(migrationId, tried + 1);
  if (wish.action) await actOnMigration({ ctx, input: { migrationId, action: wish.action } });
  return false;
}

/** Object keys that RDS took, with their tasks. */
export async function acceptedImports(endpoints: SandboxEndpoints): Promise<Map<string, string>> {
  const answer = await fetch(`${endpoints.rds.endpoint}/sandbox/ledger`, {
    headers: controlHeaders(endpoints.accessKeySecret),
  });
  const { entries } = (await answer.json()) as ImportLedger;
  return new Map(entries.map(({ objectKey, taskId }) => [objectKey, taskId]));
}
