import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";

/** Whom a member waits for in the row of cutovers, and until when if that is known. */
export interface WaitsFor {
  name: string;
  /** Milliseconds since 1970. */
  untilMs: number | null;
}

/**
 * Of a member whose turn has not come: the one that is being cut over in its row, or the one before that may still be taken back.
 * Null: it waits for no other member.
 */
export function waitsFor(
  member: WaveMemberView,
  { cutover, members }: Pick<WaveView, "cutover" | "members">,
): WaitsFor | null {
  if (cutover === null || (member.wait !== "turn" && member.wait !== "revert_window")) return null;
  const row = members.filter(
    (one) =>
      one !== member &&
      (!cutover.perInstance || one.migration.target.instanceId === member.migration.target.instanceId),
  );
  if (member.wait === "turn") {
    const now = row.find(
      ({ stage, migration }) => stage === "cutting_over" && migration.needs?.key !== "deadline_passed",
    );
    return now ? { name: now.migration.name, untilMs: null } : null;
  }
  const last = row
    .flatMap(({ migration, onlineAt }) =>
      onlineAt === null ? [] : [{ name: migration.name, onlineMs: Date.parse(onlineAt) }],
    )
    .sort((a, b) => b.onlineMs - a.onlineMs)[0];
  return last ? { name: last.name, untilMs: last.onlineMs + cutover.waitMinutes * 60_000 } : null;
}
