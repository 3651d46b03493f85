import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WaveView } from "@/lib/contracts/wave";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { readCutoverRules } from "@/lib/services/migration/cutover-rules";
import { forecastsOf } from "@/lib/services/migration/forecasts-of";
import { loadWave, type WaveRow } from "@/lib/store/wave-rows";
import { type AfterWave, readAfterWave, readNeighbours } from "./after-wave";
import { readBeside, surroundingsOf } from "./read-beside";
import { readMembers } from "./read-members";
import { toWaveView, type WaveFacts } from "./wave-view";

/** One wave with its members, whose turn it is and when each is online. Throws `not_found`. */
export async function getWave({ ctx, input }: Use<{ waveId: string }>): Promise<WaveView> {
  requireRole(ctx.actor, "viewer");
  return viewOf(ctx, input.waveId, []);
}

/** `passed`: waves that wait for this one, each for the next. */
async function viewOf(ctx: Ctx, waveId: string, passed: readonly string[]): Promise<WaveView> {
  const wave = await loadWave(ctx.db, waveId);
  const now = ctx.now();
  const members = await readMembers(ctx, wave.id);
  const after = wave.endedAt === null ? await readAfterWave(ctx, wave) : null;
  return toWaveView({
    wave,
    members,
    beside: wave.endedAt === null ? await readBeside(ctx, surroundingsOf(wave, members)) : [],
    importsUsed: await countAllImportsToday(ctx.db, now),
    needsApproval: (await readCutoverRules(ctx.db)).approval,
    after,
    beginsAtMs: after && (await beginsAt(ctx, wave, after, [...passed, waveId])),
    neighbours: await readNeighbours(ctx, wave),
    now,
    timeFactor: ctx.system.sandbox?.timeFactor ?? 1,
    forecasts: forecastsOf(ctx.db),
  });
}

/** Where the wave before is not over: as its own last one is foreseen, unless one of its members holds its end. */
async function beginsAt(
  ctx: Ctx,
  { rules }: WaveRow,
  { id, untilMs }: AfterWave,
  passed: readonly string[],
): Promise<WaveFacts["beginsAtMs"]> {
  if (untilMs !== null) return { p50: untilMs, p90: untilMs };
  const before = passed.includes(id) ? null : await viewOf(ctx, id, passed);
  if (before === null || before.last === null || before.unforeseen > 0)
    return { p50: Number.POSITIVE_INFINITY, p90: Number.POSITIVE_INFINITY };
  const laterMs = rules.afterHours * 3_600_000;
  return { p50: Date.parse(before.last.p50) + laterMs, p90: Date.parse(before.last.p90) + laterMs };
}
