import type { BackupSet } from "@/lib/backup/header";
import { type ChainUnit, compareText, knownGuid, type LabelledFile } from "./chain-unit";
import type { ChainProblem } from "./verdict";

/**
 * Sorts out what can take part in a restore at all: whole, readable, one of each, stripes joined. What can't is a
 * problem. The files are all of one database.
 */
export function gatherUnits(files: readonly LabelledFile[]): {
  units: ChainUnit[];
  problems: ChainProblem[];
} {
  const problems: ChainProblem[] = [];
  const distinct = dropDuplicates(files, problems);
  const whole = distinct.filter((labelled) => isWhole(labelled, problems));
  const units: ChainUnit[] = [];
  const striped = new Map<string, LabelledFile[]>();
  for (const labelled of whole) {
    const { set } = labelled.file;
    if (set.family.count > 1) {
      const key = stripeKey(set);
      striped.set(key, [...(striped.get(key) ?? []), labelled]);
    } else {
      addUnit(units, problems, labelled.label, set);
    }
  }
  for (const members of striped.values()) {
    members.sort((a, b) => a.file.set.family.sequence - b.file.set.family.sequence);
    const [first] = members;
    if (first && hasAllStripes(members, first.file.set.family.count, problems)) {
      addUnit(units, problems, members.map(({ label }) => label).join("+"), first.file.set);
    }
  }
  return { units, problems };
}

/** Of several copies of a set the complete one with the first name counts; the others are duplicates. */
function dropDuplicates(files: readonly LabelledFile[], problems: ChainProblem[]): LabelledFile[] {
  const kept = new Map<string, LabelledFile>();
  const duplicates: { copy: LabelledFile; key: string }[] = [];
  for (const labelled of files) {
    const key = freeKey(labelled.file.set, kept);
    const known = kept.get(key);
    const better = known === undefined || isPreferred(labelled, known);
    if (known !== undefined) duplicates.push({ copy: better ? known : labelled, key });
    if (better) kept.set(key, labelled);
  }
  const distinct = [...kept.values()];
  const addDuplicate = (copy: string, of: string): void => {
    const message = `${copy} holds the same backup set as ${of}; one of them is enough.`;
    problems.push({ kind: "duplicate", file: copy, message });
  };
  for (const { copy, key } of duplicates) addDuplicate(copy.label, kept.get(key)?.label ?? "");
  const originals = firstComplete(distinct);
  if (originals.size === 0) return distinct;
  return distinct.filter((labelled) => {
    const key = labelled.file.complete ? null : copyKey(labelled.file.set);
    const original = key === null ? undefined : originals.get(key);
    if (original) addDuplicate(labelled.label, original.label);
    return original === undefined;
  });
}

function isPreferred(a: LabelledFile, b: LabelledFile): boolean {
  if (a.file.complete !== b.file.complete) return a.file.complete;
  return compareText(a.label, b.label) < 0;
}

/** While a copy is being written its LSNs are provisional: only the GUID tells that it is one. */
function copyKey(set: BackupSet): string | null {
  const guid = knownGuid(set.backupSetGuid);
  return guid === null ? null : `${guid} ${set.type} ${set.family.sequence}`;
}

function firstComplete(files: readonly LabelledFile[]): Map<string, LabelledFile> {
  const originals = new Map<string, LabelledFile>();
  if (files.every(({ file }) => file.complete)) return originals;
  for (const labelled of files) {
    const key = labelled.file.complete ? copyKey(labelled.file.set) : null;
    const known = key === null ? undefined : originals.get(key);
    if (key !== null && (known === undefined || isPreferred(labelled, known))) originals.set(key, labelled);
  }
  return originals;
}

/** The key under which a set of the same content is (or will be) kept. */
function freeKey(set: BackupSet, kept: ReadonlyMap<string, LabelledFile>): string {
  const guid = knownGuid(set.backupSetGuid);
  const member = set.family.count > 1 ? `${set.type} ${set.family.sequence}/${set.family.count}` : set.type;
  const key = `${member} ${guid}`;
  const known = guid === null ? undefined : kept.get(key);
  // Headers that share a GUID and yet differ in what decides a restore are no copies, whatever they are.
  if (guid !== null && (known === undefined || restoresAlike(known.file.set, set))) return key;
  const { firstLsn, lastLsn, checkpointLsn, forkPointLsn, differentialBaseGuid, copyOnly } = set;
  const forks = `${set.firstRecoveryForkGuid} ${set.lastRecoveryForkGuid} ${forkPointLsn}`;
  return `${key} ${firstLsn} ${lastLsn} ${checkpointLsn} ${forks} ${differentialBaseGuid} ${copyOnly}`;
}

function restoresAlike(a: BackupSet, b: BackupSet): boolean {
  return (
    a.lastLsn === b.lastLsn &&
    a.firstLsn === b.firstLsn &&
    a.checkpointLsn === b.checkpointLsn &&
    a.firstRecoveryForkGuid === b.firstRecoveryForkGuid &&
    a.lastRecoveryForkGuid === b.lastRecoveryForkGuid &&
    a.forkPointLsn === b.forkPointLsn &&
    a.differentialBaseGuid === b.differentialBaseGuid &&
    a.copyOnly === b.copyOnly
  );
}

function stripeKey(set: BackupSet): string {
  const guid = knownGuid(set.backupSetGuid) ?? knownGuid(set.mediaSetGuid);
  return `${guid} ${set.type} ${set.firstLsn} ${set.lastLsn} ${set.checkpointLsn} ${set.family.count}`;
}

function isWhole({ label, file }: LabelledFile, problems: ChainProblem[]): boolean {
  if (file.complete) return true;
  const message = `${label} is still being written or uploaded; its end, and with it its LSNs, are not known yet.`;
  problems.push({ kind: "incomplete", file: label, message });
  return false;
}

function hasAllStripes(members: LabelledFile[], count: number, problems: ChainProblem[]): boolean {
  const present = new Set(members.map(({ file }) => file.set.family.sequence));
  const missing: number[] = [];
  // A header can claim any number of members; a few of the missing ones are enough to say.
  for (let sequence = 1; sequence <= count && missing.length < 10; sequence += 1) {
    if (!present.has(sequence)) missing.push(sequence);
  }
  if (missing.length === 0) return true;
  const which = missing.join(", ");
  for (const { label, file } of members) {
    const message = `${label} is member ${file.set.family.sequence} of ${count} of a striped backup; member ${which} is not here, and all are needed to restore it.`;
    problems.push({ kind: "missing-stripe", file: label, message });
  }
  const labels = members.map(({ label }) => label).join("+");
  const message = `The striped backup ${labels} is incomplete without member ${which} of ${count}.`;
  problems.push({ kind: "incomplete", file: labels, message });
  return false;
}

function addUnit(units: ChainUnit[], problems: ChainProblem[], label: string, set: BackupSet): void {
  const { type, lastLsn: last } = set;
  if (type !== "full" && type !== "differential" && type !== "log") {
    const message = `${label} is a ${type.replace("_", " ")} backup of a part of the database; a migration starts from a full backup of all of it.`;
    problems.push({ kind: "not-needed", file: label, message });
    return;
  }
  const first = set.firstLsn ?? (type === "log" ? null : last);
  if (last === null || first === null || first > last || set.damaged === true) {
    const why =
      last === null || first === null
        ? "its header does not say which LSNs it covers"
        : first > last
          ? `its first LSN ${first} lies behind its last LSN ${last}`
          : "SQL Server found damaged pages while taking it; take it again after DBCC CHECKDB";
    problems.push({ kind: "unreadable", file: label, message: `${label} cannot be used: ${why}.` });
    return;
  }
  units.push({ label, set, type, first, last });
}
