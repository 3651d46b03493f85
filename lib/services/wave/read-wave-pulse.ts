import { createHash } from "node:crypto";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { Gauge } from "@/lib/store/typed-rows";

/** What a wave's live page needs to know at one moment. */
export interface WavePulse {
  /** Another one whenever rows of the wave or of its members say something else. */
  version: string;
}

/** Gauges move all the time: a page of many lanes is read again when one has moved by so much of its whole. */
const GAUGE_STEPS = 50;

/**
 * What says whether a wave is to be read again: columns of its row, its members' versions and places, and gauges by fiftieths. What
 * only time changes (a window that opens, a forecast) is not in it. Throws `not_found` when the wave is gone.
 */
export async function readWavePulse({ ctx, input }: Use<{ waveId: string }>): Promise<WavePulse> {
  requireRole(ctx.actor, "viewer");
  return lookAt(ctx.db, input.waveId);
}

/** The same of many, for pages that were let in; an error is of one that could not be looked at. */
export async function readWavePulses({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db">;
  input: { waveIds: readonly string[] };
}): Promise<ReadonlyMap<string, WavePulse | Error>> {
  const looks = input.waveIds.map(async (id) => {
    const pulse = await lookAt(ctx.db, id).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    return [id, pulse] as const;
  });
  return new Map(await Promise.all(looks));
}

async function lookAt(db: Ctx["db"], waveId: string): Promise<WavePulse> {
  const wave = await db.wave.findUnique({
    where: { id: waveId },
    select: {
      name: true,
      rules: true,
      cutover: true,
      startedAt: true,
      pausedAt: true,
      endedAt: true,
      spaces: true,
    },
  });
  if (!wave) throw new AppError("not_found", "wave_not_found");
  const members = await db.migration.findMany({
    where: { waveId },
    orderBy: { id: "asc" },
    select: { id: true, version: true, wavePlace: true, wavePart: true },
  });
  const steps = await db.migrationStep.findMany({
    where: {
      migrationId: { in: members.map(({ id }) => id) },
      startedAt: { not: null },
      finishedAt: null,
    },
    orderBy: { id: "asc" },
    select: { id: true, progress: true },
  });
  const gauges = steps.map(({ id, progress }) => [id, gaugeStep(progress)]);
  const text = JSON.stringify({ wave, members, gauges });
  return { version: createHash("sha256").update(text).digest("base64url") };
}

function gaugeStep(stored: unknown): number | null {
  const gauge = Gauge.safeParse(stored).data;
  if (!gauge) return null;
  const { doneBytes, totalBytes, percent } = gauge;
  if (doneBytes !== null && totalBytes !== null && totalBytes > 0)
    return Math.floor((doneBytes / totalBytes) * GAUGE_STEPS);
  return percent === null ? null : Math.floor((percent / 100) * GAUGE_STEPS);
}
