import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WaveView } from "@/lib/contracts/wave";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { readCutoverRules } from "@/lib/services/migration/cutover-rules";
import { forecastsOf } from "@/lib/services/migration/forecasts-of";
import { loadWave } from "@/lib/store/wave-rows";
import { readAfterWave, readNeighbours } from "./after-wave";
import { readBeside, surroundingsOf } from "./read-beside";
import { readMembers } from "./read-members";
import { toWaveView } from "./wave-view";

/** One wave with its members, whose turn it is and when each is online. Throws `not_found`. */
export async function getWave({ ctx, input }: Use<{ waveId: string }>): Promise<WaveView> {
  requireRole(ctx.actor, "viewer");
  const wave = await loadWave(ctx.db, input.waveId);
  const now = ctx.now();
  const members = await readMembers(ctx, wave.id);
  return toWaveView({
    wave,
    members,
    beside: wave.endedAt === null ? await readBeside(ctx, surroundingsOf(wave, members)) : [],
    importsUsed: await countAllImportsToday(ctx.db, now),
    needsApproval: (await readCutoverRules(ctx.db)).approval,
    after: wave.endedAt === null ? await readAfterWave(ctx, wave) : null,
    neighbours: await readNeighbours(ctx, wave),
    now,
    timeFactor: ctx.system.sandbox?.timeFactor ?? 1,
    forecasts: forecastsOf(ctx.db),
  });
}
