import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { heldUntilMs } from "@/lib/migration/held-until";

/** The data gap at an instant; both in milliseconds, the instant since 1970. */
export interface GapPoint {
  atMs: number;
  gapMs: number;
}

/** So many rounds back: more could not be told apart in the width of a tile. */
const ROUNDS = 12;

/**
 * How the data gap went, oldest first: it grows as time passes, and falls with each file that the target takes in. Two points an
 * import: just before it, and just after. Empty until two files that say their clock's offset are in.
 */
export function gapHistory(files: readonly BackupFileView[], nowMs: number): GapPoint[] {
  const imports = files
    .flatMap((file) => {
      const heldMs = heldUntilMs(
        file.type === "log" ? file.startedAtLocal : file.finishedAtLocal,
        file.utcOffsetMinutes,
      );
      return file.importedAt === null || heldMs === null
        ? []
        : [{ atMs: Date.parse(file.importedAt), heldMs }];
    })
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-ROUNDS);
  const [first, ...later] = imports;
  if (!first || later.length === 0) return [];
  let held = first.heldMs;
  const points = [{ atMs: first.atMs, gapMs: first.atMs - held }];
  for (const { atMs, heldMs } of later) {
    points.push({ atMs, gapMs: atMs - held });
    // A file that was put in again brings nothing new.
    held = Math.max(held, heldMs);
    points.push({ atMs, gapMs: atMs - held });
  }
  const last = points.at(-1);
  if (last && nowMs > last.atMs) points.push({ atMs: nowMs, gapMs: nowMs - held });
  return points.map(({ atMs, gapMs }) => ({ atMs, gapMs: Math.max(0, gapMs) }));
}

/** Until when the gap is told: writes have stopped, or it is now. */
export function gapEndMs(view: Pick<MigrationView, "cutover" | "finishedAt">, nowMs: number): number {
  const end = view.cutover?.writesStoppedAt ?? view.finishedAt;
  return end === null ? nowMs : Date.parse(end);
}
