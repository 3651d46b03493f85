import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import { demoDraft } from "@/lib/demo/demo-draft";
import { passPreflight } from "@/lib/demo/pass-preflight";
import { createDraft } from "@/lib/services/draft/create-draft";
import { saveDraft } from "@/lib/services/draft/save-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** Where the migration stands that all others are copies of. */
export type TemplateAt = "restore" | "upload";

const AtWork = z.object({ status: z.string() });
const LOOK_MS = 20;
const LOGS = 5;
const LONGEST_MS = 300_000;

/**
 * One migration, played by the product itself: `restore`: a full and some logs are in, and RDS is at the next log; `upload`: its full
 * waits for its upload, which is paused. Returns its id; the engine is to be stopped at once. Throws when it does not come so far.
 */
export async function playTemplate(ctx: Ctx, endpoints: SandboxEndpoints, at: TemplateAt): Promise<string> {
  const [database = ""] = endpoints.sqlServer.databases;
  const draft = demoDraft({ by: "app", folder: endpoints.sqlServer.localFolder, database }, endpoints);
  const { id } = await createDraft({ ctx, input: { draft } });
  await saveDraft({ ctx, input: { migrationId: id, draft } });
  const blocker = await passPreflight(ctx, id);
  if (blocker !== null) throw new Error(`${database} can't be migrated: ${JSON.stringify(blocker)}`);
  await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  if (at === "upload") {
    await ctx.db.migration.update({
      where: { id },
      data: { uploadControl: { paused: true, bytesPerSecond: null } },
    });
    await until(() => isAt(ctx, id, "upload", ["running"]));
    return id;
  }
  for (let taken = 0; ; taken += 1) {
    await until(async () => (await statusOf(ctx, id)) === "waiting_for_user");
    await actOnMigration({ ctx, input: { migrationId: id, action: { type: "take_backup", backup: "log" } } });
    if (taken < LOGS) continue;
    const isRestoring = async () => (await seenAtWork(ctx, id)) === "restoring";
    // A restore of a second may be over between two looks: then another log is taken.
    await until(async () => (await isRestoring()) || (await statusOf(ctx, id)) === "waiting_for_user");
    if (await isRestoring()) return id;
  }
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + LONGEST_MS;
  while (!(await isThere())) {
    if (Date.now() > last) throw new Error("The migration that is copied did not get to where it is copied.");
    await sleep(LOOK_MS);
  }
}

async function statusOf(ctx: Ctx, id: string): Promise<string> {
  const { name, status } = await ctx.db.migration.findUniqueOrThrow({ where: { id } });
  if (status === "failed" || status === "unknown") throw new Error(`${name} stopped: it is ${status}`);
  return status;
}

async function isAt(ctx: Ctx, migrationId: string, kind: string, statuses: string[]): Promise<boolean> {
  const where = { migrationId, kind, status: { in: statuses } };
  return (await ctx.db.migrationStep.count({ where })) > 0;
}

/** What RDS was last seen to do with the file that is waited for: of most polls nothing comes that was not known. */
async function seenAtWork(ctx: Ctx, migrationId: string): Promise<string | undefined> {
  const where = { migrationId, kind: "await_import", status: "waiting_external" };
  const step = await ctx.db.migrationStep.findFirst({ where, select: { checkpoint: true } });
  return AtWork.safeParse(step?.checkpoint).data?.status;
}
