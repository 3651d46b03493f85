import type { Ctx } from "@/lib/context/context";
import type { WaveView } from "@/lib/contracts/wave";
import { AppError } from "@/lib/diagnosis/app-error";
import type { WaveRow } from "@/lib/store/wave-rows";
import { WaveRules } from "@/lib/wave/wave-rules";

/** The wave that another waits for. */
export interface AfterWave {
  id: string;
  name: string;
  /** When the other may begin, milliseconds since 1970; null: that one is not over yet. */
  untilMs: number | null;
}

/**
 * What a wave waits for: all members of the one before are over, and have been online for as long as they may be taken back. Null:
 * it waits for nothing, or no more.
 */
export async function readAfterWave(ctx: Ctx, wave: Pick<WaveRow, "rules">): Promise<AfterWave | null> {
  const { afterWaveId, afterHours } = wave.rules;
  if (afterWaveId === null) return null;
  const before = await ctx.db.wave.findUnique({
    where: { id: afterWaveId },
    select: { name: true, endedAt: true },
  });
  // Thrown away: nothing of it can be taken back.
  if (!before) return null;
  if (before.endedAt === null) return { id: afterWaveId, name: before.name, untilMs: null };
  const untilMs = before.endedAt.getTime() + afterHours * 3_600_000;
  return ctx.now().getTime() < untilMs ? { id: afterWaveId, name: before.name, untilMs } : null;
}

/**
 * Throws `validation`/`wave_follows_itself` where the wave, or one that it is to follow, would wait for this one: all of them would
 * wait for ever.
 */
export async function assertFollows(
  db: Pick<Ctx["db"], "wave">,
  waveId: string,
  { afterWaveId }: Pick<WaveRules, "afterWaveId">,
): Promise<void> {
  const passed = new Set<string>();
  for (let next = afterWaveId; next !== null && !passed.has(next); ) {
    if (next === waveId) throw new AppError("validation", "wave_follows_itself");
    passed.add(next);
    const row = await db.wave.findUnique({ where: { id: next }, select: { rules: true, endedAt: true } });
    // What is over waits for nobody any more.
    next = row?.endedAt === null ? (WaveRules.safeParse(row.rules).data?.afterWaveId ?? null) : null;
  }
}

/** The wave before this one, and those that are to begin after it. */
export type Neighbours = Pick<WaveView, "follows" | "followedBy">;

/** What the rules of this wave and of those that are not over name. A wave whose rules another version wrote follows none. */
export async function readNeighbours(ctx: Ctx, wave: Pick<WaveRow, "id" | "rules">): Promise<Neighbours> {
  const { afterWaveId } = wave.rules;
  const follows =
    afterWaveId === null
      ? null
      : await ctx.db.wave.findUnique({ where: { id: afterWaveId }, select: { id: true, name: true } });
  const open = await ctx.db.wave.findMany({
    where: { endedAt: null },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, rules: true },
  });
  const followedBy = open.flatMap(({ id, name, rules }) => {
    const told = WaveRules.safeParse(rules).data;
    return told?.afterWaveId === wave.id ? [{ id, name, hours: told.afterHours }] : [];
  });
  return { follows, followedBy };
}
