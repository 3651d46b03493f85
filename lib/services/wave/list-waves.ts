import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WaveListView } from "@/lib/contracts/wave";
import { waveStatus } from "./wave-view";

const MOST_LISTED = 200;

/** All waves, the newest first, with how many of their members are there, online, or need a person. */
export async function listWaves({ ctx }: Use<Record<string, never>>): Promise<WaveListView> {
  requireRole(ctx.actor, "viewer");
  const waves = await ctx.db.wave.findMany({
    orderBy: { createdAt: "desc" },
    take: MOST_LISTED,
    select: {
      id: true,
      name: true,
      createdBy: true,
      createdAt: true,
      startedAt: true,
      pausedAt: true,
      endedAt: true,
    },
  });
  const members = await ctx.db.migration.findMany({
    where: { waveId: { in: waves.map(({ id }) => id) } },
    select: { waveId: true, status: true, onlineAt: true },
  });
  return {
    waves: waves.map((wave) => {
      const own = members.filter(({ waveId }) => waveId === wave.id);
      return {
        id: wave.id,
        name: wave.name,
        status: waveStatus(wave),
        createdBy: wave.createdBy,
        createdAt: wave.createdAt.toISOString(),
        startedAt: wave.startedAt?.toISOString() ?? null,
        endedAt: wave.endedAt?.toISOString() ?? null,
        members: own.length,
        online: own.filter(({ onlineAt }) => onlineAt !== null).length,
        stopped: own.filter(({ status }) => status === "failed" || status === "unknown").length,
      };
    }),
  };
}
