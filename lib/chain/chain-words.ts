import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import type { ChainUnit, LabelledFile } from "./chain-unit";
import { baseOfDifferential, type DifferentialBase } from "./restore-rules";
import { ToldProblem } from "./told-problem";
import type { ChainNeed, ChainProblem, Timeline } from "./verdict";

/** The sentences of a verdict, in English, as a DBA would say them. The UI has its own texts for the same kinds. */

function clock(time: string | null): string | null {
  return time === null ? null : time.replace("T", " ");
}

/** ` of 2024-05-01 03:00:00`: when the backup finished, or else began. */
function taken(set: BackupSet): string {
  const time = clock(set.finishedAt ?? set.startedAt);
  return time === null ? "" : ` of ${time}`;
}

/** `, taken between 02:00 and 03:00 source time,`, as far as the neighbours tell. */
function timeWindow(after: string | null, before: string | null): string {
  const [from, to] = [clock(after), clock(before)];
  if (from !== null && to !== null) return `, taken between ${from} and ${to} source time,`;
  if (to !== null) return `, taken before ${to} source time,`;
  return from !== null ? `, taken after ${from} source time,` : "";
}

const TYPE_WORDS: Record<ChainUnit["type"], string> = {
  full: "full backup",
  differential: "differential",
  log: "log backup",
};

function named({ label, type, set, first, last }: ChainUnit): string {
  const range = type === "log" ? `LSN ${first} to ${last}` : `to LSN ${last}`;
  return `${label}, the ${TYPE_WORDS[type]}${taken(set)} (${range}),`;
}

function baseWords({ guid, lsn }: DifferentialBase): string | null {
  if (guid !== null) return `backup set ${guid}`;
  return lsn === null || lsn === 0n ? null : `the full backup with checkpoint LSN ${lsn}`;
}

export function gapProblem(
  log: ChainUnit,
  reached: Lsn,
  known: { finishedAt: string | null; base: DifferentialBase | null },
): ChainProblem {
  const tell = (): string => {
    const window = timeWindow(known.finishedAt, log.set.startedAt);
    const base = known.base && baseWords(known.base);
    const bridge =
      base === null
        ? ""
        : ` A differential on ${base} that ends at or after LSN ${log.first} would bridge it.`;
    return `A log backup${window} is missing: it must cover LSN ${reached} to ${log.first}. ${log.label} begins at LSN ${log.first} and cannot be restored before it. Fetch the log backups of that time, also those taken by other tools or on another replica.${bridge}`;
  };
  return new ToldProblem("gap", log.label, tell, { fromLsn: reached, toLsn: log.first });
}

export function fullInsteadOfLog(full: ChainUnit, reached: Lsn): ChainProblem {
  const toLsn = full.first > reached ? full.first : full.last;
  const message = `${full.label} is a full backup where a log backup was due: the target has reached LSN ${reached} and needs a log backup that begins at or before it, or a differential on its own base.`;
  return { kind: "gap", fromLsn: reached, toLsn, message };
}

export function noFullProblem(units: readonly ChainUnit[], need: ChainNeed): ChainProblem {
  const base = baseWords({ guid: need.differentialBaseGuid, lsn: need.differentialBaseLsn });
  const wanted =
    base === null ? "" : ` The other backups build on ${base}. Get it, or take a new full backup.`;
  const what = units.length === 0 ? "There is no usable backup" : "There is no usable full backup";
  return {
    kind: "no-full",
    message: `${what}: a restore begins with a full backup of the database.${wanted}`,
  };
}

export function tooEarly(unit: ChainUnit, start: Lsn, from: boolean): ChainProblem {
  return new ToldProblem("too-early", unit.label, () => {
    const holder = from ? "the target has reached" : "the full backup that the restore begins with reaches";
    return `${named(unit)} is too early: ${holder} LSN ${start} and already contains all of it. Nothing is to be done.`;
  });
}

export function notNeeded(unit: ChainUnit, why: () => string): ChainProblem {
  return new ToldProblem("not-needed", unit.label, () => `${named(unit)} is not needed: ${why()}.`);
}

export function partOfDatabase(label: string, type: BackupType): ChainProblem {
  const message = `${label} is a ${type.replace("_", " ")} backup of a part of the database; a migration starts from a full backup of all of it.`;
  return { kind: "not-needed", file: label, message };
}

export function duplicateProblem(label: string, original: string): ChainProblem {
  return new ToldProblem(
    "duplicate",
    label,
    () => `${label} holds the same backup set as ${original}; one of them is enough.`,
  );
}

export function wrongDatabase(label: string, found: string | null, wanted: string | null): ChainProblem {
  return new ToldProblem("wrong-database", label, () => {
    const of = found === null ? "another database" : `database ${found}`;
    const not = wanted === null ? "the one being migrated" : wanted;
    return wanted !== null && wanted === found
      ? `${label} is a backup of another database that is also named ${found}: its family GUID differs. Fetch the backups of the right one.`
      : `${label} is a backup of ${of}, not of ${not}.`;
  });
}

export function wrongBase(unit: ChainUnit, base: DifferentialBase | null): ChainProblem {
  return new ToldProblem("wrong-base", unit.label, () => {
    const own = baseWords(baseOfDifferential(unit.set)) ?? "a full backup that its header does not name";
    const wanted = base && baseWords(base);
    const restored =
      wanted === null ? "the base of the restore is not known" : `the restore builds on ${wanted}`;
    return `${named(unit)} builds on ${own}, but ${restored}. Fetch that full backup, or a differential against the one that is restored.`;
  });
}

/** Of the two forks that a log may cross the one that the restore is not on. */
function foreignFork({ firstFork, lastFork }: ChainUnit, own: string | null): string | null {
  return lastFork !== null && lastFork !== own ? lastFork : (firstFork ?? lastFork);
}

export function forkProblem(unit: ChainUnit, reached: Lsn, own: string | null): ChainProblem {
  const tell = (): string => {
    const fork = foreignFork(unit, own);
    const { forkPointLsn } = unit.set;
    const point = forkPointLsn === null ? "an earlier point" : `LSN ${forkPointLsn}`;
    const path = fork === null ? "" : `, fork ${fork}`;
    const ours = own === null ? "" : ` on fork ${own}`;
    return `${named(unit)} is on another recovery path${path}: the database was restored and went on from ${point}, so this does not continue what is restored up to LSN ${reached}${ours}. Fetch the backups of one path only, or take a new full backup.`;
  };
  return new ToldProblem("fork", unit.label, tell, { fromLsn: unit.first, toLsn: unit.last });
}

/** On a fork that is not of the living timeline: LSNs of the two cannot be compared. */
export function abandoned(unit: ChainUnit, living: string | null): ChainProblem {
  const tell = (): string => {
    const fork = foreignFork(unit, living);
    const path = fork === null ? "" : `, fork ${fork}`;
    const instead = living === null ? "" : ` The one that lives is fork ${living}.`;
    return `${named(unit)} is of a timeline that was left${path}: the database was restored to another point and went on from there.${instead} Its LSNs say nothing there, and the restore does without it.`;
  };
  return new ToldProblem("fork", unit.label, tell, { fromLsn: unit.first, toLsn: unit.last });
}

export function unknownBase(unit: ChainUnit): ChainProblem {
  const own = baseWords(baseOfDifferential(unit.set));
  const why =
    own === null
      ? "its header does not name the full backup that it builds on"
      : `it builds on ${own}, and it is not known which full backup the target was restored from`;
  const message = `Whether ${named(unit)} can be restored cannot be told: ${why}. Use log backups, or begin with a new full backup.`;
  return { kind: "ambiguous", file: unit.label, message };
}

/** Nothing proves that a set is of the database, and nothing that it is not. */
export function unknownDatabase(label: string, found: string | null, wanted: string | null): ChainProblem {
  return new ToldProblem("ambiguous", label, () => {
    const of = found === null ? "a database without a name" : `database ${found}`;
    return `${label} is a backup of ${of}. Nothing in its header proves that this is ${wanted ?? "the database being migrated"}, nor that it is another one: on a case-sensitive server these are two databases. Read the headers on the source with RESTORE HEADERONLY, which shows FamilyGUID and the recovery forks.`;
  });
}

const MAX_TIMELINES = 5;

/** Several timelines, or databases of one name, and no way to tell which lives. */
export function severalTimelines(name: string | null, timelines: readonly Timeline[]): ChainProblem {
  const shown = timelines.slice(0, MAX_TIMELINES).map((line) => {
    const { forkGuid, familyGuid, newestAt, lastLsn } = line;
    const id = forkGuid === null ? `family ${familyGuid}` : `fork ${forkGuid}`;
    const time = newestAt === null ? "of unknown time" : `the newest of ${clock(newestAt)}`;
    return `${id} (${time}, to LSN ${lastLsn})`;
  });
  const more = timelines.length > shown.length ? ", and others" : "";
  const of = name === null ? "the database" : `database ${name}`;
  const message = `These are backups of several timelines of ${of}, and nothing tells which of them lives: ${shown.join(", ")}${more}. Say which one: recovery_fork_guid in sys.database_recovery_status of the source shows it.`;
  return { kind: "ambiguous", message };
}

export function stillUploading(label: string): ChainProblem {
  const message = `${label} is still being written or uploaded; its end, and with it its LSNs, are not known yet. Wait until it is whole, or upload it again.`;
  return { kind: "incomplete", file: label, message };
}

/** Of each member that is here, and of the set as a whole. */
export function missingStripes(
  members: readonly LabelledFile[],
  label: string,
  missing: readonly number[],
): ChainProblem[] {
  const [first] = members;
  const { count } = first?.file.set.family ?? { count: 1 };
  const present = new Set(members.map(({ file }) => file.set.family.sequence)).size;
  const others = present + missing.length < count ? " and others" : "";
  const several = missing.length > 1;
  const which = `${several ? "members" : "member"} ${missing.join(", ")}${others}`;
  const problems = members.map(({ label: file, file: { set } }): ChainProblem => {
    const message = `${file} is member ${set.family.sequence} of ${count} of a striped backup; ${which} ${several ? "are" : "is"} not here, and all are needed to restore it.`;
    return { kind: "missing-stripe", file, message };
  });
  const of = first === undefined ? "" : taken(first.file.set);
  const message = `The striped backup ${label}${of} is incomplete. Fetch its ${which} of ${count}, written at the same time to another folder or disk.`;
  return [...problems, { kind: "incomplete", file: label, message }];
}

export function stripesUploading(label: string, awaited: readonly string[]): ChainProblem {
  const message = `The striped backup ${label} waits for ${awaited.join(", ")}, still being written or uploaded; all members are needed to restore it.`;
  return { kind: "incomplete", file: label, message };
}

export function unusable(label: string, why: string): ChainProblem {
  return { kind: "unreadable", file: label, message: `${label} cannot be used: ${why}.` };
}

const UNREADABLE_WORDS: Record<string, string> = {
  empty: "it is empty",
  not_a_backup: "it is not a SQL Server backup",
  truncated: "it ends too early; copy it again",
  corrupt: "its header is damaged; copy it again, or take the backup again",
  unsupported_container: "its header cannot be read here; RESTORE HEADERONLY tells what it is",
  encrypted: "it is encrypted",
};

export function unreadableProblem(name: string, code: string): ChainProblem {
  return unusable(name, UNREADABLE_WORDS[code] ?? `it cannot be read (${code})`);
}
