import { isBackupKind } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import {
  type ChainUnit,
  compareLsn,
  comparePreference,
  knownGuid,
  type LabelledFile,
  type Labels,
  toUnit,
} from "./chain-unit";
import {
  duplicateProblem,
  missingStripes,
  partOfDatabase,
  stillUploading,
  stripesUploading,
  unusable,
} from "./chain-words";
import { sortByPreference, sortPlaces } from "./sort-places";
import { copyKey, stripeKey, Uploading } from "./uploading";
import type { ChainFile, ChainProblem } from "./verdict";

export interface Gathered {
  units: ChainUnit[];
  problems: ChainProblem[];
  /** Sets that can't be restored as they are: not whole, or damaged. */
  hindered: BackupSet[];
}

/**
 * Sorts out what can take part in a restore at all: whole, readable, one of each, stripes joined. What can't is a
 * problem. The files are all of one database, `roughLasts` their last LSNs as numbers. The units come by ascending last
 * LSN; of equal ones the preferred is last. O(n log n).
 */
export function gatherUnits(files: readonly ChainFile[], roughLasts: Float64Array, labels: Labels): Gathered {
  const gathering = new Gathering(new Uploading(files, labels));
  const sorted: ChainFile[] = [];
  const sortAlike = (places: Uint32Array): void => sortFiles(places, files, labels);
  for (const place of sortPlaces(roughLasts, sortAlike)) {
    const file = files[place];
    if (file?.complete) sorted.push(file);
  }
  for (let from = 0; from < sorted.length; ) {
    const first = sorted[from];
    if (first === undefined) break;
    let to = from + 1;
    for (let next = sorted[to]; next && endAlike(first, next); next = sorted[to]) to += 1;
    if (to === from + 1) gathering.addOne(labels.of(first), first);
    else gathering.addGroup(sorted.slice(from, to).map((file) => ({ label: labels.of(file), file })));
    from = to;
  }
  gathering.addUploading();
  return gathering;
}

/** Files whose last LSNs look equal as numbers: by the LSN itself, then the preferred first. */
function sortFiles(places: Uint32Array, files: readonly ChainFile[], labels: Labels): void {
  const lastOf = (place: number): Lsn => files[place]?.set.lastLsn ?? -1n;
  const labelOf = (place: number): string => {
    const file = files[place];
    return file === undefined ? "" : labels.of(file);
  };
  const last = lastOf(places[0] ?? 0);
  if (places.every((place) => lastOf(place) === last)) sortByPreference(places, labelOf);
  else places.sort((a, b) => compareLsn(lastOf(a), lastOf(b)) || comparePreference(labelOf(a), labelOf(b)));
}

/** Copies of one set, and the stripes of one, end at the same LSN. */
function endAlike(a: ChainFile, b: ChainFile): boolean {
  return a.set.lastLsn !== null && a.set.lastLsn === b.set.lastLsn;
}

class Gathering implements Gathered {
  readonly units: ChainUnit[] = [];
  readonly problems: ChainProblem[] = [];
  readonly hindered: BackupSet[] = [];

  constructor(private readonly uploading: Uploading) {}

  addOne(label: string, file: ChainFile): void {
    if (this.uploading.some) this.uploading.noteWhole(label, file.set);
    if (file.set.family.count > 1 && file.set.lastLsn !== null)
      this.addStripes([{ label, file }], this.units);
    else this.addUnit(label, file.set, this.units);
  }

  /** Files that end at one LSN, the preferred ones first. */
  addGroup(files: readonly LabelledFile[]): void {
    const kept = new Map<string, LabelledFile>();
    const repeated = repeatedGuids(files);
    const units: ChainUnit[] = [];
    const striped = new Map<string, LabelledFile[]>();
    for (const labelled of files) {
      const { label, file } = labelled;
      if (this.uploading.some) this.uploading.noteWhole(label, file.set);
      const guid = knownGuid(file.set.backupSetGuid);
      if (guid === null || repeated.has(guid)) {
        const key = copyKey(file.set);
        const original = kept.get(key);
        if (original !== undefined) {
          this.problems.push(duplicateProblem(label, original.label));
          continue;
        }
        kept.set(key, labelled);
      }
      if (file.set.family.count <= 1) {
        this.addUnit(label, file.set, units);
        continue;
      }
      const members = striped.get(stripeKey(file.set));
      if (members === undefined) striped.set(stripeKey(file.set), [labelled]);
      else members.push(labelled);
    }
    for (const members of striped.values()) this.addStripes(members, units);
    if (units.length > 1) units.sort(compareUnits);
    for (const unit of units) this.units.push(unit);
  }

  /** What is still being written takes no part, but where it is a copy of what is here it is not missed. */
  addUploading(): void {
    for (const { label, file } of this.uploading.files) {
      const original = this.uploading.wholeCopyOf(file.set);
      this.problems.push(original === null ? stillUploading(label) : duplicateProblem(label, original));
      if (original === null) this.hindered.push({ ...file.set, lastLsn: null });
    }
  }

  private addStripes(members: LabelledFile[], units: ChainUnit[]): void {
    members.sort((a, b) => a.file.set.family.sequence - b.file.set.family.sequence);
    const [first] = members;
    if (first === undefined) return;
    const { set } = first.file;
    const { count } = set.family;
    const label = members.map((member) => member.label).join("+");
    const present = new Set(members.map(({ file }) => file.set.family.sequence));
    const missing: number[] = [];
    const awaited: string[] = [];
    // A header can claim any number of members; a few of the missing ones are enough to say.
    for (let sequence = 1; sequence <= count && missing.length < 10; sequence += 1) {
      if (present.has(sequence)) continue;
      const arriving = this.uploading.stripeOf(set, sequence);
      if (arriving === null) missing.push(sequence);
      else awaited.push(arriving);
    }
    if (missing.length > 0) this.problems.push(...missingStripes(members, label, missing));
    else if (awaited.length > 0) this.problems.push(stripesUploading(label, awaited));
    else this.addUnit(label, set, units);
    if (missing.length > 0 || awaited.length > 0) this.hindered.push(set);
  }

  private addUnit(label: string, set: BackupSet, units: ChainUnit[]): void {
    const { type, lastLsn: last } = set;
    if (!isBackupKind(type)) {
      this.problems.push(partOfDatabase(label, type));
      return;
    }
    // Of a full or differential only the end matters.
    const first = set.firstLsn ?? (type === "log" ? null : last);
    const why = whyUnusable(first, last, set);
    if (first === null || last === null || why !== null) {
      this.problems.push(unusable(label, why ?? ""));
      this.hindered.push(set);
    } else units.push(toUnit(label, set, { type, first, last }));
  }
}

function repeatedGuids(files: readonly LabelledFile[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { file } of files) {
    const guid = file.set.backupSetGuid;
    if (guid === null) continue;
    // One look instead of two: of a hundred thousand GUIDs each is far away in memory.
    const before = seen.size;
    seen.add(guid);
    if (seen.size === before) repeated.add(guid);
  }
  return repeated;
}

function whyUnusable(first: Lsn | null, last: Lsn | null, set: BackupSet): string | null {
  if (last === null || first === null) return "its header does not say which LSNs it covers; copy it again";
  if (first > last) return `its first LSN ${first} lies behind its last LSN ${last}; copy it again`;
  return set.damaged === true
    ? "SQL Server found damaged pages while taking it; take it again after DBCC CHECKDB"
    : null;
}

const RANK: Record<ChainUnit["type"], number> = { log: 0, differential: 1, full: 2 };

/** Of units that end at one LSN the preferred comes last: data backups before logs, as they need less before them. */
function compareUnits(a: ChainUnit, b: ChainUnit): number {
  return RANK[a.type] - RANK[b.type] || comparePreference(b.label, a.label);
}
