import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WaveListView } from "@/lib/contracts/wave";
import { needsPersonOf } from "./member-facts";
import { readReadable } from "./read-members";
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
  const open = waves.filter(({ startedAt, endedAt }) => startedAt !== null && endedAt === null);
  const needing = new Map<string | null, number>();
  // Of those that are over everything is said by the columns.
  for (const member of await readReadable(ctx, { waveId: { in: open.map(({ id }) => id) } })) {
    const { waveId } = member.row;
    if (needsPersonOf(member)) needing.set(waveId, (needing.get(waveId) ?? 0) + 1);
  }
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
        stopped:
          wave.endedAt === null
            ? (needing.get(wave.id) ?? 0)
            : own.filter(({ status }) => status === "failed" || status === "unknown").length,
      };
    }),
  };
}
