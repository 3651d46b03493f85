import { heldUntilMs } from "@/lib/migration/held-until";
import type { RuledFile } from "@/lib/store/migration-rows";

/** Up to when the target has the source's data. */
export interface TargetData {
  /** By the source's wall clock; null before a file was imported. */
  untilLocal: string | null;
  /** Milliseconds since 1970; null also where the header does not say the clock's offset. */
  untilMs: number | null;
}

/** What the newest imported file brought. */
export function targetDataOf(files: readonly RuledFile[]): TargetData {
  const newest = files
    .filter((file) => file.importedAt !== null)
    .sort((a, b) => (a.importedAt?.getTime() ?? 0) - (b.importedAt?.getTime() ?? 0))
    .at(-1);
  if (!newest) return { untilLocal: null, untilMs: null };
  const untilLocal = (newest.type === "log" ? newest.startedAtLocal : newest.finishedAtLocal) ?? null;
  return { untilLocal, untilMs: heldUntilMs(untilLocal, newest.utcOffsetMinutes) };
}

/** Whole seconds from then to an instant. */
export function gapSecondsAt({ untilMs }: TargetData, at: Date): number | null {
  return untilMs === null ? null : Math.max(0, Math.round((at.getTime() - untilMs) / 1_000));
}

/** Minutes that the source's clock is ahead of UTC, by the file that the target holds; null where that does not say. */
export function sourceOffsetMinutes({ untilLocal, untilMs }: TargetData): number | null {
  if (untilLocal === null || untilMs === null) return null;
  return Math.round((Date.parse(`${untilLocal.slice(0, 19)}Z`) - untilMs) / 60_000);
}
