import type { Ctx } from "@/lib/context/context";
import { freshSummary, type KeptSummary, summarise } from "@/lib/plan/kept-summary";
import type { Prisma } from "@/lib/store/generated/client";
import { slimMigration } from "@/lib/store/migration-rows";
import { readSlim } from "@/lib/store/packed-migrations";
import { unreadableIn } from "@/lib/store/read-column";
import { Gauge, type MigrationRow, readMigration } from "@/lib/store/typed-rows";
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
  return readRows(ctx, { waveId }, (read) => read());
}

/** The same of any migrations, members of a wave or not. What another version wrote in its own way is left out. */
export async function readReadable(ctx: Ctx, where: Prisma.MigrationWhereInput): Promise<Member[]> {
  return readRows(ctx, where, (read) => {
    try {
      return read();
    } catch (error) {
      if (!unreadableIn(error)) throw error;
      return null;
    }
  });
}

/** Null: what was to be read is left out. */
type Attempt = <T>(read: () => T) => T | null;

async function readRows(ctx: Ctx, where: Prisma.MigrationWhereInput, attempt: Attempt): Promise<Member[]> {
  const nowMs = ctx.now().getTime();
  const rows = await ctx.db.migration.findMany({
    where,
    orderBy: { wavePlace: "asc" },
    include: { source: { select: { name: true } } },
  });
  const ids = rows.map(({ id }) => id);
  const steps = await ctx.db.migrationStep.findMany({
    where: { migrationId: { in: ids }, status: { notIn: ENDED } },
    select: { id: true, migrationId: true, kind: true, status: true, fileId: true, progress: true },
  });
  const stale = rows.filter((row) => freshSummary(row, nowMs) === null).map(({ id }) => id);
  const made = await makeSummaries(ctx, stale, attempt);
  return rows.flatMap((raw) => {
    const row = attempt(() => ({ ...readMigration(raw), source: raw.source }));
    const kept = freshSummary(raw, nowMs) ?? made.get(raw.id) ?? null;
    // Unreadable, or changed between the statements: the next look has it.
    if (row === null || kept === null) return [];
    const part = row.wavePart ?? NO_PART;
    const open = steps
      .filter(({ migrationId }) => migrationId === row.id)
      .map((step) => ({ ...step, progress: Gauge.safeParse(step.progress).data ?? null }));
    return [{ row, kept, part, steps: open, stage: stageOf({ row, kept, part, steps: open }) }];
  });
}

async function makeSummaries(
  ctx: Ctx,
  ids: readonly string[],
  attempt: Attempt,
): Promise<Map<string, KeptSummary | null>> {
  const nowMs = ctx.now().getTime();
  const rows = await readSlim(ctx.db, ids);
  return new Map(rows.map((row) => [row.id, attempt(() => summarise(slimMigration(row), nowMs))]));
}
