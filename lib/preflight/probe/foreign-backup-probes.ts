import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { sourceTimeMs } from "@/lib/preflight/world/source-time";
import { HISTORY_DAYS } from "@/lib/preflight/world/source-world";
import type { BackupJob, BackupOwner } from "@/lib/sqlserver/source-facts";
import type { Finding, Probe } from "./probe";

/** Daily jobs show within this many hours. */
const RECENT_HOURS = 26;
const OWN_PROGRAM = "Chainferry";
const DISK = 2;
const VIRTUAL = 7;

/** Others who back the database up: a log backup of theirs is a gap for us, a full one moves the differentials' base. */
export function foreignBackupProbes(world: ProbeWorld, database: string): Probe[] {
  const params = { database };
  const gap =
    "Msg 4305: The log in this backup set begins at LSN …, which is too recent to apply to the database.";
  return [
    {
      id: "source.backup_jobs",
      asked: "msdb.dbo.sysjobs, msdb.dbo.sysjobsteps",
      params,
      cheap: true,
      prevents: gap,
      look: async () => jobsFinding(world, await world.facts.backupJobs(), database),
    },
    {
      id: "source.foreign_backups",
      asked: `msdb.dbo.backupset, ${database}, ${HISTORY_DAYS} days`,
      params,
      prevents: `${gap} / Msg 3136: This differential backup cannot be restored because the database has not been restored to the correct earlier state.`,
      look: () => historyFinding(world),
    },
    {
      id: "source.backup_running",
      asked: `sys.dm_exec_requests, ${database}`,
      params,
      cheap: true,
      prevents:
        "Msg 3023: Backup, file manipulation operations and encryption changes on a database must be serialized.",
      look: () => runningFinding(world),
    },
    {
      id: "source.backup_encryption",
      asked: `msdb.dbo.backupset, ${database}: key_algorithm`,
      params,
      prevents: "Msg 33111: Cannot find server certificate with thumbprint …",
      look: async () => {
        const count = (await world.facts.encryptedBackups()) ?? 0;
        const ours = world.draft.backupBy === "app";
        return {
          verdict: count === 0 || ours ? "pass" : "block",
          params: { count, takenBy: world.draft.backupBy },
          answer: `${count} encrypted in ${HISTORY_DAYS} days`,
          gist: count === 0 ? "none" : "some",
        };
      },
    },
  ];
}

/** `BACKUP LOG [a]]b] TO`, with any way to write a name but a variable. */
const NAMED_BACKUP =
  /backup\s+(?:database|log)\s+(?:\[(?:[^\]]|\]\])+\]|"[^"]+"|[\p{L}_#][\p{L}\p{N}_@#$]*)\s+to\s/iu;

/** A step that names other databases only is not about ours; one that names none may be about any. */
function concerns({ command, database }: BackupJob, name: string): boolean {
  if (database?.toLowerCase() === name.toLowerCase()) return true;
  const text = command.toLowerCase();
  const spellings = [name, name.replaceAll("]", "]]"), name.replaceAll("'", "''")];
  if (spellings.some((spelling) => text.includes(spelling.toLowerCase()))) return true;
  return !NAMED_BACKUP.test(command);
}

function effectOf(kinds: Iterable<string>): "log" | "full" | "both" | "none" {
  const all = new Set(kinds);
  if (all.has("L") && all.has("D")) return "both";
  return all.has("L") ? "log" : all.has("D") ? "full" : "none";
}

function jobsFinding(world: ProbeWorld, all: readonly BackupJob[], database: string): Finding {
  const jobs = all.filter((job) => concerns(job, database));
  const names = [...new Set(jobs.map(({ job }) => job))];
  const kinds = jobs.flatMap(({ command }) => {
    if (/copy_only/i.test(command)) return [];
    const log = /backup\s+log|'log'|sqllogship|backup_log/i.test(command);
    const full = /backup\s+database|'full'|backup_database/i.test(command);
    return [...(log || !full ? ["L"] : []), ...(full || !log ? ["D"] : [])];
  });
  const expected = world.draft.backupBy === "others";
  const lines = names.map((name) => remedyScript.disableJob(name));
  return {
    verdict: names.length === 0 || expected ? "pass" : "warn",
    params: {
      count: names.length,
      jobs: names.join(", "),
      effect: effectOf(kinds),
      takenBy: world.draft.backupBy,
    },
    answer: names.length === 0 ? "no enabled job" : names.join("; "),
    script: lines.includes(null) ? null : lines.join("\n"),
  };
}

async function historyFinding(world: ProbeWorld): Promise<Finding> {
  const [owners, { utcOffsetMinutes }] = await Promise.all([world.facts.backupOwners(), world.identity()]);
  const since = world.ctx.now().getTime() - RECENT_HOURS * 3_600_000;
  const recent = owners.filter((owner) => sourceTimeMs(owner.lastLocal, utcOffsetMinutes) >= since);
  const moving = recent.filter((owner) => !owner.copyOnly && (owner.type === "L" || owner.type === "D"));
  const snapshots = owners.filter((owner) => owner.deviceType === VIRTUAL || owner.snapshot);
  const who = [...new Set(moving.map(nameOf))];
  // Where others take the backups one owner is expected; two of them tear the chain apart.
  const expected = world.draft.backupBy === "others" ? 1 : 0;
  const last = moving[0]?.lastLocal.slice(0, 16).replace("T", " ") ?? "";
  return {
    verdict: who.length > expected ? "warn" : "pass",
    params: {
      owners: who.join(", "),
      effect: effectOf(moving.map(({ type }) => type)),
      last,
      virtual: snapshots.length,
      takenBy: world.draft.backupBy,
    },
    answer: owners.length === 0 ? "none" : owners.map(describe).join("; "),
    gist: `${who.sort().join()} ${effectOf(moving.map(({ type }) => type))}`,
  };
}

const KINDS: Readonly<Record<string, string>> = { D: "full", I: "differential", L: "log" };

function nameOf({ user, software, deviceType }: BackupOwner): string {
  const program = deviceType === DISK || software === null ? "" : ` (${software})`;
  return `${user ?? "?"}${program}`;
}

function describe(owner: BackupOwner): string {
  const kind = KINDS[owner.type] ?? owner.type;
  const marks = [owner.copyOnly ? "copy-only" : "", owner.deviceType === VIRTUAL ? "virtual device" : ""];
  const marked = marks.filter((mark) => mark !== "").join(", ");
  return `${owner.count} × ${kind}${marked === "" ? "" : ` (${marked})`} by ${nameOf(owner)}, last ${owner.lastLocal.slice(0, 16)}`;
}

async function runningFinding(world: ProbeWorld): Promise<Finding> {
  const running = (await world.facts.maintenance()).filter(
    ({ command, program }) => program !== OWN_PROGRAM && /^(BACKUP|RESTORE)/.test(command),
  );
  const first = running[0];
  return {
    verdict: first ? "warn" : "pass",
    params: { command: first?.command ?? "", login: first?.login ?? "", program: first?.program ?? "" },
    answer: first
      ? `${first.command} ${Math.round(first.percent)} %, session ${first.sessionId}, ${first.login}, ${first.program ?? ""}`
      : "none",
    gist: first ? `${first.command} ${first.login}` : "none",
  };
}
