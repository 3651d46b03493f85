import type { Ctx } from "@/lib/context/context";
import type { WaveRow } from "@/lib/store/wave-rows";

/** The wave that another waits for. */
export interface AfterWave {
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
  if (before.endedAt === null) return { name: before.name, untilMs: null };
  const untilMs = before.endedAt.getTime() + afterHours * 3_600_000;
  return ctx.now().getTime() < untilMs ? { name: before.name, untilMs } : null;
}
