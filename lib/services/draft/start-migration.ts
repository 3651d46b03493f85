import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { KeptPlan } from "@/lib/contracts/kept-plan";
import { MigrationDraft, type MigrationView, type UploadControl } from "@/lib/contracts/migration";
import type { StartLimits } from "@/lib/contracts/product-settings";
import { AppError } from "@/lib/diagnosis/app-error";
import type { CutoverRequest } from "@/lib/migration/cutover-request";
import { type ChosenTimeline, isSameTimeline, type KnownTimelines } from "@/lib/migration/known-timelines";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { appendEvents } from "@/lib/store/append-events";
import { lockStarts } from "@/lib/store/lock-starts";
import { lockMigration } from "@/lib/store/migration-rows";
import { readProductSettings } from "../settings/product-settings";
import { requireFolders } from "./approved-folders";
import { changedFields } from "./changed-fields";
import { findBlockers } from "./list-blockers";
import { makePlan } from "./plan-draft";

/**
 * Turns a draft into a running migration: the one that was `reviewed`, and no other. Throws
 * `precondition_failed`/`draft_has_blockers` with each blocker, `conflict`/`draft_changed` with each choice that is another
 * by now, `conflict` when it was started before, `forbidden`/`folders_not_approved`, ExternalError when the bucket can't be asked for its endpoint.
 */
export async function startMigration({
  ctx,
  input,
}: Use<{ migrationId: string; reviewed: MigrationDraft }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, reviewed } = input;
  const before = await ctx.db.migration.findUnique({ where: { id: migrationId } });
  if (!before) throw new AppError("not_found", "migration_not_found");
  if (before.status !== "draft") throw new AppError("conflict", "migration_not_a_draft");
  const draft = MigrationDraft.parse(before.draft);
  assertReviewed(reviewed, draft);
  await assertNoBlockers(ctx.db, draft);
  const objects = await ctx.clients.objects(draft.cloudConnectionId ?? "");
  const bucket = await objects.bucketInfo(draft.bucket ?? "");
  const now = ctx.now();
  const plan = await makePlan(ctx, draft, now);
  await ctx.db.$transaction(async (tx) => {
    await lockStarts(tx);
    await lockMigration(tx, migrationId);
    const stored = await tx.migration.findUniqueOrThrow({ where: { id: migrationId } });
    if (stored.status === "draft") assertReviewed(reviewed, MigrationDraft.parse(stored.draft));
    await assertNoBlockers(tx, draft);
    await requireFolders(ctx, tx, draft);
    const { limits } = await readProductSettings(tx);
    const started = await tx.migration.updateMany({
      where: { id: migrationId, status: "draft" },
      data: {
        status: "running",
        phase: "preflight",
        name: draft.targetDatabase.trim(),
        method: draft.method,
        transport: draft.backupBy === "app" ? "shared_folder" : draft.transport,
        backupBy: draft.backupBy,
        sourceConnectionId: draft.sourceConnectionId,
        cloudConnectionId: draft.cloudConnectionId,
        sourceDatabase: draft.sourceDatabase?.trim() || null,
        instanceId: draft.instanceId,
        targetDatabase: draft.targetDatabase.trim(),
        bucket: draft.bucket,
        bucketEndpoint: bucket.extranetEndpoint,
        prefix: draft.prefix,
        sourceFolder: draft.sourceFolder.trim(),
        localFolder: draft.localFolder.trim(),
        checkMode: draft.checkMode,
        ticket: draft.ticket.trim() || null,
        schedule: draft.schedule,
        limits: { lastLogBytes: limits.lastLogBytes, downtimeMinutes: limits.downtimeMinutes },
        ...uploadControlOf(limits),
        ...(plan === null ? {} : { plan }),
        ...(draft.timeline === null ? {} : { timelines: timelinesOf(draft.timeline, ctx.actor.name) }),
        ...(draft.rehearsal ? rehearsalOf(draft, now) : {}),
        ...(standsStill(draft) ? stoppedAtStart(draft, now, plan) : {}),
        startedAt: now,
      },
    });
    if (started.count !== 1) throw new AppError("conflict", "migration_not_a_draft");
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: now,
      events: [
        { type: "migration_started", payload: { database: draft.targetDatabase.trim() } },
        ...(standsStill(draft)
          ? [{ type: "writes_stopped" as const, payload: { how: "operator" as const } }]
          : []),
        ...(draft.timeline === null ? [] : [confirmedEvent(draft.timeline)]),
        ...(limits.bytesPerSecond === null
          ? []
          : [{ type: "upload_limited" as const, payload: { limitBytes: limits.bytesPerSecond } }]),
      ],
    });
    await advanceMigration(ctx, tx, migrationId);
  });
  ctx.wake();
  return getMigration({ ctx, input: { migrationId } });
}

/** Where nothing is limited nothing is written. */
function uploadControlOf({ bytesPerSecond, uploadLanes }: StartLimits): { uploadControl?: UploadControl } {
  if (bytesPerSecond === null && uploadLanes === null) return {};
  const lanes = uploadLanes === null ? {} : { lanes: uploadLanes };
  return { uploadControl: { paused: false, bytesPerSecond, ...lanes } };
}

/** A rehearsal is opened as soon as its last log is in: nobody has to be there, for nobody stops writes. */
function rehearsalOf({ checkMode }: MigrationDraft, now: Date) {
  const cutover: CutoverRequest = {
    requestedAt: now.toISOString(),
    stopWrites: "nobody",
    checkMode,
    forecastSeconds: null,
    forecastP90Seconds: null,
    deadline: null,
    gates: [],
  };
  return { rehearsal: true, cutover };
}

/** With Immediate Access nothing goes in after the full: somebody has stopped writes before it. */
function standsStill({ method, writesStopped, rehearsal }: MigrationDraft): boolean {
  return method === "immediate" && writesStopped && !rehearsal;
}

/** Its cutover is the whole of it, from its start on. */
function stoppedAtStart({ checkMode }: MigrationDraft, now: Date, kept: KeptPlan | null) {
  const downtime = kept?.plan.downtimeSeconds ?? null;
  const cutover: CutoverRequest = {
    requestedAt: now.toISOString(),
    stopWrites: "operator",
    checkMode,
    forecastSeconds: downtime?.p50 ?? null,
    forecastP90Seconds: downtime?.p90 ?? null,
    deadline: null,
    gates: [],
  };
  return { cutover, writesStoppedAt: now };
}

/** What a person chose in the wizard is kept as if it had been asked of them later. */
function timelinesOf({ found, familyGuid, forkGuid }: ChosenTimeline, who: string): KnownTimelines {
  return { found, confirmed: { familyGuid, forkGuid, by: "person", who } };
}

function confirmedEvent(chosen: ChosenTimeline) {
  const { forkGuid, found } = chosen;
  const newestAt = found.find((one) => isSameTimeline(one, chosen))?.newestAt ?? null;
  return { type: "timeline_confirmed" as const, payload: { forkGuid, newestAt, by: "person" as const } };
}

/** What is started is what somebody has looked through. */
function assertReviewed(reviewed: MigrationDraft, stored: MigrationDraft): void {
  const changed = changedFields(reviewed, stored);
  if (changed.length === 0) return;
  throw new AppError(
    "conflict",
    "draft_changed",
    { count: changed.length },
    changed.map((path) => ({ path, reason: "field_changed" })),
  );
}

async function assertNoBlockers(
  db: Parameters<typeof findBlockers>[0],
  draft: MigrationDraft,
): Promise<void> {
  const blockers = await findBlockers(db, draft);
  if (blockers.length === 0) return;
  throw new AppError(
    "precondition_failed",
    "draft_has_blockers",
    { count: blockers.length },
    blockers.map((blocker) => ({ path: blocker.field, reason: blocker.reason })),
  );
}
