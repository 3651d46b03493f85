import type { Ctx } from "@/lib/context/context";
import { freshSummary, type KeptSummary, summarise } from "@/lib/plan/kept-summary";
import { type MigrationRows, slimMigration, WITH_SLIM_ROWS } from "@/lib/store/migration-rows";
import { Gauge, type MigrationRow, readMigration, type SlimFileRow } from "@/lib/store/typed-rows";
import type { MemberStage } from "@/lib/wave/member-stage";
import { NO_PART, type WavePart } from "@/lib/wave/wave-rules";
import { type OpenStep, stageOf } from "./member-stage";

/** A member of a wave as its rules see it, by columns of its row and by its open steps: none of its files is read. */
export interface Member {
  row: MigrationRow & { source: { name: string } | null };
  kept: KeptSummary;
  part: WavePart;
  stage: MemberStage;
  steps: OpenStep[];
}

const ENDED = ["succeeded", "refused", "skipped", "cancelled"];

/**
 * All members of a wave in the order of their places: one statement for the rows, one for the open steps, and one more for rows
 * whose kept summary is not of their newest version. Throws `stored_value_unreadable` for a row of another version.
 */
export async function readMembers(ctx: Ctx, waveId: string): Promise<Member[]> {
  const nowMs = ctx.now().getTime();
  const rows = await ctx.db.migration.findMany({
    where: { waveId },
    orderBy: { wavePlace: "asc" },
    include: { source: { select: { name: true } } },
  });
  const ids = rows.map(({ id }) => id);
  const steps = await ctx.db.migrationStep.findMany({
    where: { migrationId: { in: ids }, status: { notIn: ENDED } },
    select: { id: true, migrationId: true, kind: true, status: true, fileId: true, progress: true },
  });
  const stale = rows.filter((row) => freshSummary(row, nowMs) === null).map(({ id }) => id);
  const whole = new Map((await readWhole(ctx, stale)).map((row) => [row.id, row]));
  return rows.flatMap((raw) => {
    const row = { ...readMigration(raw), source: raw.source };
    const full = whole.get(row.id);
    const kept = freshSummary(raw, nowMs) ?? (full ? summarise(full, nowMs) : null);
    // Changed between the statements: the next look has it.
    if (kept === null) return [];
    const part = row.wavePart ?? NO_PART;
    const open = steps
      .filter(({ migrationId }) => migrationId === row.id)
      .map((step) => ({ ...step, progress: Gauge.safeParse(step.progress).data ?? null }));
    return [{ row, kept, part, steps: open, stage: stageOf({ row, kept, part, steps: open }) }];
  });
}

async function readWhole(ctx: Ctx, ids: readonly string[]): Promise<MigrationRows<SlimFileRow>[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.migration.findMany({ where: { id: { in: [...ids] } }, include: WITH_SLIM_ROWS });
  return rows.map(slimMigration);
}
