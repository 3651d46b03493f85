import { z } from "zod";
import type { BackupSet } from "@/lib/backup/header";
import { storedHeader } from "@/lib/backup/stored-header";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainFile, ChainProblem, ChainTarget, ChainVerdict } from "@/lib/chain/verdict";
import { isSpent } from "@/lib/migration/judge-reading";
import { isTimelineSettled, knownIdentity } from "@/lib/migration/known-timelines";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { FileRow } from "@/lib/store/typed-rows";
import { isUsable } from "./inspect-object";
import { isInHand } from "./projected-target";

type JudgedRows = Pick<MigrationRows, "files" | "steps" | "sourceDatabase" | "timelines">;

export interface JudgedPile {
  /** Files are named by their row's id, so that equal names can't be confused. */
  verdict: ChainVerdict;
  /** The rows that it is about. */
  files: FileRow[];
  /** False: they are of several timelines, and nobody has said yet which is meant. Then none is acted upon. */
  settled: boolean;
}

/**
 * The one judge of files: the choice of the next file and the checks before its import ask here, of the same pile and
 * against the target as it is for them. The pile is what could be taken up: usable, in no other round's hand, a file a
 * backup; `file` is part of it whatever its state, with the header that was read last. With `key` it is that object alone,
 * as a person chose it.
 */
export function judgePile(
  migration: JudgedRows,
  at: { target: ChainTarget | null; key: string | null; file?: { row: FileRow; set: BackupSet } },
): JudgedPile {
  const own = at.file;
  const files = migration.files.filter((row) => {
    if (row.id === own?.row.id) return true;
    return at.key === null
      ? isTakeable(migration, row)
      : isKnownBy(row, at.key) && isTakeable(migration, row);
  });
  const pile = files.flatMap((row): ChainFile[] => {
    const set = row.id === own?.row.id ? own.set : storedHeader(row.header);
    // RDS takes a file a backup: a part of a striped one is refused for itself.
    return set && (set.family.count === 1 || row.id === own?.row.id)
      ? [{ name: row.id, complete: true, set }]
      : [];
  });
  const verdict = judge(migration, at.target, pile);
  const settled = at.key !== null || isTimelineSettled(verdict.identity.timelines, migration.timelines);
  return { verdict, files, settled };
}

/** Files that were refused for good and that the target has passed since: nobody has to decide about them any more. */
export function passedRefusals(
  migration: JudgedRows,
  target: ChainTarget | null,
): { file: FileRow; problem: ChainProblem }[] {
  if (target === null) return [];
  return migration.files.flatMap((file) => {
    const set = staysRefused(migration, file) ? storedHeader(file.header) : null;
    if (!set) return [];
    const { problems } = judge(migration, target, [{ name: file.id, complete: true, set }]);
    const problem = problems.find((one) => one.file === file.id);
    return problem && isSpent(problem) ? [{ file, problem }] : [];
  });
}

function judge(migration: JudgedRows, target: ChainTarget | null, files: ChainFile[]): ChainVerdict {
  return assessChain({
    files,
    from: target,
    database: migration.sourceDatabase,
    known: knownIdentity(migration.timelines),
  });
}

const Chosen = z.object({ key: z.string() });

/** The object that a person chose for the round that took the file up; null: the pile decided. */
export function chosenKey({ steps }: Pick<MigrationRows, "steps">, fileId: string): string | null {
  const chosen = steps.findLast((step) => step.kind === "find_file" && step.fileId === fileId);
  return Chosen.safeParse(chosen?.input).data?.key ?? null;
}

/** By its own key, or by that of the object it was made from. */
export function isKnownBy(file: FileRow, key: string): boolean {
  return file.objectKey === key || file.original?.identity === key;
}

function isTakeable(migration: Pick<MigrationRows, "steps">, row: FileRow): boolean {
  const isRead = row.header !== null && row.unread === null;
  return isUsable(row) && isRead && !isInHand(migration, row) && !staysRefused(migration, row);
}

/** What may fit once something else has come. */
const EARLY: ReadonlySet<string> = new Set(["gap", "no-full", "ambiguous"]);

/**
 * A check refused the very file, and not for what is missing before it: it stays so until the file itself changes, or
 * it would be taken up and refused for ever.
 */
function staysRefused({ steps }: Pick<MigrationRows, "steps">, row: FileRow): boolean {
  if (row.state !== "refused" || EARLY.has(row.verdict?.kind ?? "")) return false;
  return steps.some((step) => step.fileId === row.id && step.status === "refused");
}
