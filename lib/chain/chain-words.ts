import type { Lsn } from "@/lib/backup/lsn";
import type { ChainUnit } from "./chain-unit";
import type { ChainNeed, ChainProblem } from "./verdict";

/** The sentences of a verdict, in English, as a DBA would say them. The UI has its own texts for the same kinds. */

function clock(time: string | null): string | null {
  return time === null ? null : time.replace("T", " ");
}

/** `, taken between 02:00 and 03:00 source time`, as far as the neighbours tell. */
function timeWindow(after: string | null, before: string | null): string {
  const [from, to] = [clock(after), clock(before)];
  if (from !== null && to !== null) return `, taken between ${from} and ${to} source time,`;
  if (to !== null) return `, taken before ${to} source time,`;
  return from !== null ? `, taken after ${from} source time,` : "";
}

export function gapProblem(log: ChainUnit, reached: Lsn, finishedAt: string | null): ChainProblem {
  const window = timeWindow(finishedAt, log.set.startedAt);
  const message = `A log backup${window} is missing: it must cover LSN ${reached} to ${log.first}. ${log.label} begins at LSN ${log.first} and cannot be restored before it.`;
  return { kind: "gap", file: log.label, fromLsn: reached, toLsn: log.first, message };
}

export function fullInsteadOfLog(full: ChainUnit, reached: Lsn): ChainProblem {
  const toLsn = full.first > reached ? full.first : full.last;
  const message = `${full.label} is a full backup where a log backup was due: the target has reached LSN ${reached} and needs a log backup that begins at or before it, or a differential on its own base.`;
  return { kind: "gap", fromLsn: reached, toLsn, message };
}

export function noFullProblem(units: readonly ChainUnit[], need: ChainNeed): ChainProblem {
  const wanted =
    need.differentialBaseGuid !== null
      ? ` The other backups build on backup set ${need.differentialBaseGuid}.`
      : need.differentialBaseLsn !== null
        ? ` The other backups build on the full with checkpoint LSN ${need.differentialBaseLsn}.`
        : "";
  const what = units.length === 0 ? "There is no usable backup" : "There is no usable full backup";
  return {
    kind: "no-full",
    message: `${what}: a restore begins with a full backup of the database.${wanted}`,
  };
}

export function tooEarly(unit: ChainUnit, start: Lsn): ChainProblem {
  const message = `${unit.label} ends at LSN ${unit.last}; the restore starts at LSN ${start}, which already contains all of it.`;
  return { kind: "too-early", file: unit.label, message };
}

export function notNeeded(unit: ChainUnit, why: string): ChainProblem {
  return { kind: "not-needed", file: unit.label, message: `${unit.label} is not needed: ${why}.` };
}

export function wrongDatabase(label: string, found: string | null, wanted: string | null): ChainProblem {
  const of = found === null ? "another database" : `database ${found}`;
  const not = wanted === null || wanted === found ? "the one being migrated" : wanted;
  const message =
    wanted !== null && wanted === found
      ? `${label} is a backup of another database that is also named ${found}: its family GUID differs.`
      : `${label} is a backup of ${of}, not of ${not}.`;
  return { kind: "wrong-database", file: label, message };
}

export function wrongBase(unit: ChainUnit, base: string): ChainProblem {
  const { differentialBaseGuid, baseBackupSetGuid, differentialBaseLsn } = unit.set;
  const guid = differentialBaseGuid ?? baseBackupSetGuid;
  const own =
    guid !== null
      ? `backup set ${guid}`
      : differentialBaseLsn !== null
        ? `the full with checkpoint LSN ${differentialBaseLsn}`
        : "a full that its header does not name";
  const message = `${unit.label} is a differential on ${own}; ${base}. Take a differential against that full, or restore its own base first.`;
  return { kind: "wrong-base", file: unit.label, message };
}

export function forkProblem(unit: ChainUnit, reached: Lsn): ChainProblem {
  const fork = unit.set.firstRecoveryForkGuid ?? unit.set.lastRecoveryForkGuid;
  const message = `${unit.label} (LSN ${unit.first} to ${unit.last}) is on another recovery path, fork ${fork}: the database was restored and went on from an earlier point, so it does not continue what is restored up to LSN ${reached}.`;
  return { kind: "fork", file: unit.label, fromLsn: unit.first, toLsn: unit.last, message };
}

const UNREADABLE_WORDS: Record<string, string> = {
  empty: "it is empty",
  not_a_backup: "it is not a SQL Server backup",
  truncated: "it ends too early; copy it again",
  corrupt: "its header is damaged; copy it again, or take the backup again",
  unsupported_container: "it is compressed in a format that cannot be read",
  encrypted: "it is encrypted",
};

export function unreadableProblem(name: string, code: string): ChainProblem {
  const why = UNREADABLE_WORDS[code] ?? `it cannot be read (${code})`;
  return { kind: "unreadable", file: name, message: `${name} cannot be used: ${why}.` };
}
