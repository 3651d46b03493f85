import type { Ctx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import type { ImportsUsed } from "@/lib/migration/import-budget";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { allowedActions } from "@/lib/plan/allowed-actions";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { startMigration } from "@/lib/services/draft/start-migration";
import { readCutoverRules } from "@/lib/services/migration/cutover-rules";
import { armCutover } from "@/lib/services/migration/hold-cutover";
import { releaseTurn } from "@/lib/services/migration/watch-holds";
import { loadMigration, lockMigration } from "@/lib/store/migration-rows";
import { unreadableIn } from "@/lib/store/read-column";
import { loadWave, type WaveRow } from "@/lib/store/wave-rows";
import { besideOn } from "@/lib/wave/beside";
import { cutoverTurns } from "@/lib/wave/cutover-turns";
import { isOver } from "@/lib/wave/member-stage";
import { nextMoves } from "@/lib/wave/next-moves";
import { shareImports } from "@/lib/wave/share-imports";
import { shareLine, shareOfLine } from "@/lib/wave/share-line";
import type { WaveNote } from "@/lib/wave/wave-rules";
import { readAfterWave } from "./after-wave";
import { changePart } from "./change-part";
import { freeBytesBy, importsLeftBy, toCutoverMember, toWaveMember } from "./member-facts";
import {
  type BesideRow,
  isSending,
  readBeside,
  sendersOf,
  surroundingsOf,
  toBeside,
  uploadForOf,
} from "./read-beside";
import { type Member, readMembers } from "./read-members";
import { readSpaces } from "./read-spaces";

/** A look that is not over after so long is lost with its process. */
const LEASE_MS = 120_000;

/**
 * One look at every wave that has begun, what goes wrong with one keeps it from no other: members whose turn it is start, their first backups go to RDS, and cutovers are armed
 * and begin. What it does is decided from where the members stand now, so a look that was lost changes nothing; of several
 * processes one at a time looks at a wave.
 */
export async function watchWaves(ctx: Ctx): Promise<void> {
  const waves = await ctx.db.wave.findMany({
    where: { startedAt: { not: null }, endedAt: null },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  await forEachOf(waves, async ({ id }) => {
    const now = ctx.now();
    const stale = new Date(now.getTime() - LEASE_MS);
    const taken = await ctx.db.wave.updateMany({
      where: { id, OR: [{ lookedAt: null }, { lookedAt: { lt: stale } }] },
      data: { lookedAt: now },
    });
    if (taken.count !== 1) return;
    try {
      await passOver(ctx, { name: "wave", migrationId: id }, () => lookAtWave(ctx, id));
    } finally {
      // Only its own: one that stood still for longer than the lease ends after another has begun.
      await ctx.db.wave.updateMany({ where: { id, lookedAt: now }, data: { lookedAt: null } });
    }
  });
}

/** Does it to each, in their order; what goes wrong with one is thrown behind the last. */
async function forEachOf<T>(all: Iterable<T>, does: (one: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const one of all) {
    try {
      await does(one);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

async function lookAtWave(ctx: Ctx, waveId: string): Promise<void> {
  // Read now: while others were looked at somebody may have paused it.
  const wave = await loadWave(ctx.db, waveId);
  const members = await readMembers(ctx, wave.id);
  if (members.every(({ stage }) => isOver(stage))) {
    await ctx.db.wave.updateMany({ where: { id: wave.id, endedAt: null }, data: { endedAt: ctx.now() } });
    return;
  }
  const importsUsed = await countAllImportsToday(ctx.db, ctx.now());
  const waits = (await readAfterWave(ctx, wave)) !== null;
  const beside = await readBeside(ctx, surroundingsOf(wave, members));
  await shareOut(ctx, wave, members, { importsUsed, beside });
  const spaces = await readSpaces(ctx, wave, members, beside);
  const shared = { importsUsed, beside, waits };
  await forEachOf(
    [() => beginMoves(ctx, { ...wave, spaces }, members, shared), () => beginTurns(ctx, wave.id, members)],
    (begin) => begin(),
  );
}

/** Instances and sources were asked since the wave was read, and somebody may have paused it meanwhile. */
async function isPaused(ctx: Ctx, waveId: string): Promise<boolean> {
  const row = await ctx.db.wave.findUnique({ where: { id: waveId }, select: { pausedAt: true } });
  return row === null || row.pausedAt !== null;
}

/** What is used of what all share, and who else uses it. */
interface Shared {
  importsUsed: (instance: string, database: string) => ImportsUsed;
  beside: readonly BesideRow[];
}

async function beginMoves(
  ctx: Ctx,
  wave: WaveRow,
  members: readonly Member[],
  { importsUsed, beside, waits }: Shared & { waits: boolean },
): Promise<void> {
  const moves = nextMoves(
    members.map((member) => toWaveMember(member, wave)),
    wave.rules,
    {
      nowMs: ctx.now().getTime(),
      hold: (await isPaused(ctx, wave.id)) ? "paused" : waits ? "after_wave" : null,
      importsLeft: importsLeftBy(importsUsed),
      freeBytes: freeBytesBy(wave.spaces),
      beside: beside.map((one) => toBeside(one, wave.spaces)),
    },
  );
  const now = ctx.now().toISOString();
  await forEachOf(moves.restore, async (migrationId) => {
    const begun = await ctx.db.$transaction((tx) =>
      changePart(ctx, tx, { waveId: wave.id, migrationId }, (part) => ({
        ...part,
        restoreHeld: false,
        restoreSince: part.restoreSince ?? now,
      })),
    );
    if (begun) ctx.wake();
  });
  await forEachOf(moves.start, async (migrationId) => {
    const member = members.find(({ row }) => row.id === migrationId);
    if (member && !(await isPaused(ctx, wave.id))) await startMember(ctx, wave.id, member);
  });
}

/** Starts a member; refused, it says why, and is tried again later. Nobody else waits for it. */
async function startMember(ctx: Ctx, waveId: string, { row }: Member): Promise<void> {
  let note: WaveNote | null = null;
  try {
    await startMigration({ ctx, input: { migrationId: row.id, reviewed: row.draft } });
  } catch (error) {
    note = noteOf(ctx, "start", error);
  }
  await ctx.db.$transaction((tx) =>
    changePart(ctx, tx, { waveId, migrationId: row.id }, (part) => ({ ...part, note })),
  );
}

/** What was refused, with what the first of several reasons is. Throws what is no answer to the question. */
function noteOf(ctx: Ctx, asked: WaveNote["asked"], error: unknown): WaveNote {
  const at = ctx.now().toISOString();
  if (isExternalError(error)) {
    const { reason, params } = failureOf(error);
    return { at, asked, reason, params };
  }
  if (!isAppError(error) || unreadableIn(error)) throw error;
  const { reason, params, invalidParams } = error.fields;
  const [first] = invalidParams;
  // What each text names is not kept with it: the blockers of a draft are listed on its own page.
  return {
    at,
    asked,
    reason,
    params: { ...params, ...(first ? { field: first.path, why: first.reason } : {}) },
  };
}

async function beginTurns(ctx: Ctx, waveId: string, members: readonly Member[]): Promise<void> {
  // As it stands now, like the pause: what a person has taken back since must not stop writes.
  const { cutover, pausedAt } = await loadWave(ctx.db, waveId);
  if (cutover === null) return;
  const needsApproval = (await readCutoverRules(ctx.db)).approval;
  const turns = cutoverTurns(cutover, members.map(toCutoverMember), {
    nowMs: ctx.now().getTime(),
    paused: pausedAt !== null,
    needsApproval,
  });
  await forEachOf(turns.arm, (migrationId) => armMember(ctx, waveId, cutover, migrationId));
  await forEachOf(turns.release, async (migrationId) => {
    const armed = members.find(({ row }) => row.id === migrationId)?.row.armed;
    if (armed && (await releaseTurn(ctx, migrationId, armed))) ctx.wake();
  });
}

/** Arms the cutover of a member that is ready; one that is not yet is asked at the next look. */
async function armMember(
  ctx: Ctx,
  waveId: string,
  { askedBy, askedById, approved, stopWrites, checkMode, deadline }: NonNullable<WaveRow["cutover"]>,
  migrationId: string,
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    const row = await loadMigration(tx, migrationId);
    if (row?.waveId !== waveId || !allowedActions(snapshotOf(row)).includes("cutover")) return;
    const by = { waveId, by: askedBy, byId: askedById, approved };
    // Whoever else makes the backups is the only one who can stop writes.
    const stop = row.backupBy === "others" ? "operator" : stopWrites;
    await armCutover({ ctx, tx, row }, { stopWrites: stop, checkMode, deadline }, by);
    await advanceMigration(ctx, tx, migrationId);
  });
}

/** Gives each its share of the line and of the day's imports, where it is another than before. */
async function shareOut(
  ctx: Ctx,
  wave: WaveRow,
  members: readonly Member[],
  { importsUsed, beside }: Shared,
): Promise<void> {
  const { bytesPerSecond: limit } = wave.rules;
  const sending = members
    .filter(isSending)
    .map(({ row, stage }) => ({ id: row.id, what: uploadForOf(stage) }));
  const own = sending.map(({ what }) => what);
  const line = shareLine(shareOfLine(limit, own, sendersOf(beside)), sending);
  const importing = members.flatMap(({ row, stage }) => {
    const { instanceId, targetDatabase } = row;
    const isOpen = row.startedAt !== null && !isOver(stage);
    if (!isOpen || instanceId === null || targetDatabase === null) return [];
    return [{ id: row.id, instanceId, used: importsUsed(instanceId, targetDatabase) }];
  });
  const others = beside.map((one) => toBeside(one, wave.spaces));
  const imports = shareImports(importing, (instanceId) => besideOn(instanceId, others).begun);
  for (const { row, part } of members) {
    const bytesPerSecond = line.get(row.id) ?? (limit === null ? null : part.bytesPerSecond);
    const roundsHeld = imports.get(row.id) === 0;
    if (bytesPerSecond === part.bytesPerSecond && roundsHeld === part.roundsHeld) continue;
    await ctx.db.$transaction((tx) =>
      changePart(ctx, tx, { waveId: wave.id, migrationId: row.id }, (now) => ({
        ...now,
        bytesPerSecond,
        roundsHeld,
      })),
    );
  }
}
