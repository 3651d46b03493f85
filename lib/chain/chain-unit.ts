import type { BackupKind } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import type { ChainFile } from "./verdict";

/** One backup set that could be restored: a file, one set of a file, or all members of a striped set together. */
export interface ChainUnit {
  /** As it stands in the restore order. */
  label: string;
  set: BackupSet;
  type: BackupKind;
  first: Lsn;
  last: Lsn;
  /** The same as numbers, which tell most LSNs apart, and faster. */
  roughFirst: number;
  roughLast: number;
  /** The recovery fork the source was on at the first and at the last LSN; null is not known. */
  firstFork: string | null;
  lastFork: string | null;
}

/** A file with the name that problems and the order give it. */
export interface LabelledFile {
  label: string;
  file: ChainFile;
}

/** `name`, or `name#position` where the file holds several sets: a second position is what shows that it does. */
export class Labels {
  private readonly several = new Set<string>();

  note({ name, set }: ChainFile): void {
    if (set.position > 1) this.several.add(name);
  }

  of({ name, set }: ChainFile): string {
    return this.several.size > 0 && this.several.has(name) ? `${name}#${set.position}` : name;
  }
}

/** A set whose first and last LSN are known, as something to restore. */
export function toUnit(
  label: string,
  set: BackupSet,
  range: { type: ChainUnit["type"]; first: Lsn; last: Lsn },
): ChainUnit {
  const { type, first, last } = range;
  let firstFork = knownGuid(set.firstRecoveryForkGuid);
  let lastFork = knownGuid(set.lastRecoveryForkGuid);
  // Only a log can begin on one fork and end on another; then it has a fork point behind its beginning.
  const mayCross = type === "log" && set.forkPointLsn !== null && set.forkPointLsn > first;
  if (!mayCross) {
    lastFork ??= firstFork;
    firstFork ??= lastFork;
  }
  const [roughFirst, roughLast] = [Number(first), Number(last)];
  return { label, set, type, first, last, roughFirst, roughLast, firstFork, lastFork };
}

/** Of two that serve as well the shorter name, which a copy seldom has, then plain code unit order. */
export function comparePreference(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

/** Plain code unit order: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareLsn(a: Lsn, b: Lsn): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const ZERO = 48;
const DASH = 45;

/** A GUID that says something: SQL Server writes zeros where there is none. */
export function knownGuid(guid: string | null | undefined): string | null {
  if (!guid) return null;
  // Asked for every file of a pile several times: most say something in their first digit.
  for (let i = 0; i < guid.length; i += 1) {
    const digit = guid.charCodeAt(i);
    if (digit !== ZERO && digit !== DASH) return guid;
  }
  return null;
}
