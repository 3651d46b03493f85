import type { Ctx } from "@/lib/context/context";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationDraft } from "@/lib/contracts/migration";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { startMigration } from "@/lib/services/draft/start-migration";
import { openDatabase } from "@/lib/services/record/open-database";
import type { PrismaClient } from "@/lib/store/generated/client";
import type { Gate } from "@/lib/store/memory/memory-client-fixture";
import { APPROVED_FOLDERS } from "@/lib/store/read-approved-folders";
import { ModelProcess } from "./model-process-fixture";

export const INSTANCE = "rm-1";
export const NO_GATE: Gate = () => Promise.resolve();

/** Who takes the backups, and how their files come to the bucket. */
export type ModelKind = "app" | "others";

/**
 * Two drafts of one target, each by a key of its own of one account, of two sources and prefixes: nothing but the target is
 * in the way of both.
 */
const DRAFTS = [
  { id: "m", source: "source", cloud: "cloud", target: "Sales", prefix: "sales/" },
  { id: "n", source: "second-source", cloud: "second-key", target: "SALES", prefix: "again/" },
] as const;
export type DraftId = (typeof DRAFTS)[number]["id"];

export function prefixOf(id: DraftId): string {
  return DRAFTS.find((draft) => draft.id === id)?.prefix ?? "";
}

function draftOf(
  { source, cloud, target, prefix }: (typeof DRAFTS)[number],
  kind: ModelKind,
  folder: string,
): MigrationDraft {
  return {
    ...EMPTY_DRAFT,
    sourceConnectionId: source,
    sourceDatabase: "Sales",
    cloudConnectionId: cloud,
    method: "access_pending",
    transport: kind === "app" ? "shared_folder" : "bucket_watch",
    backupBy: kind,
    bucket: "b",
    prefix,
    instanceId: INSTANCE,
    targetDatabase: target,
    sourceFolder: "D:\\b",
    localFolder: folder,
    checkMode: "async",
    schedule: { mode: "manual" },
  };
}

/** Connections and drafts: nothing is started yet. */
export async function addDrafts(
  db: PrismaClient,
  { kind, folder, at }: { kind: ModelKind; folder: string; at: Date },
): Promise<void> {
  const folders = [{ source: "D:\\b", local: folder }];
  await db.setting.create({ data: { key: APPROVED_FOLDERS, value: { folders } } });
  for (const one of DRAFTS) {
    const saved = { config: {}, secretSealed: "" };
    await db.connection.create({ data: { id: one.source, kind: "sql_server", name: one.source, ...saved } });
    await db.connection.create({ data: { id: one.cloud, kind: "cloud_account", name: one.cloud, ...saved } });
    await db.migration.create({
      data: {
        id: one.id,
        name: one.id,
        status: "draft",
        phase: "draft",
        draft: draftOf(one, kind, folder),
        createdBy: "test",
        createdAt: at,
      },
    });
  }
}

/** Whether it was started; a plain refusal is an answer, anything else is thrown. */
async function start(ctx: Ctx, id: DraftId): Promise<boolean> {
  const { draft } = await ctx.db.migration.findUniqueOrThrow({ where: { id } });
  try {
    await startMigration({ ctx, input: { migrationId: id, reviewed: MigrationDraft.parse(draft) } });
    return true;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return false;
  }
}

/**
 * Both drafts are started at once, the first in a process that stands still at its nth place until the other has its answer.
 * The one that runs; throws unless exactly one does.
 */
export async function startAtOnce(
  ctxOf: (gate: Gate) => Ctx,
  clock: { at: Date },
  stopsAt: number,
): Promise<DraftId> {
  const process = new ModelProcess(() => clock.at.getTime());
  const stands = new Promise<void>((settle) =>
    process.plan({ at: stopsAt, what: "stop" }, { onStop: settle }),
  );
  const first = start(ctxOf(process.gate), "m");
  await Promise.race([first, stands]);
  const second = await start(ctxOf(NO_GATE), "n");
  process.resume();
  const isFirst = await first;
  if (isFirst === second) throw new Error(`Of two starts of one target ${second ? "both" : "none"} ran`);
  return isFirst ? "m" : "n";
}

/** Somebody starts the draft that lost. Throws when it begins beside the one that runs. */
export async function startBeside(ctx: Ctx, running: DraftId): Promise<void> {
  const other = running === "m" ? "n" : "m";
  if (await start(ctx, other)) throw new Error(`${other} was started beside ${running}, on its target`);
}

/** Somebody presses *Open Database* by another key of the account. Throws when a running migration's task is opened so. */
export async function openBeside(ctx: Ctx, task: { taskId: string; database: string }): Promise<void> {
  const { taskId, database: confirmName } = task;
  const open = { connectionId: "second-key", instanceId: INSTANCE, checkMode: "async", confirmName } as const;
  try {
    await openDatabase({ ctx, input: { taskId, open } });
  } catch (error) {
    if (isAppError(error) || isExternalError(error)) return;
    throw error;
  }
  throw new Error(`Task ${taskId} of a running migration was opened by hand`);
}
