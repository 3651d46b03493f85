import type { Failure } from "@/lib/contracts/connection";
import type { EventView } from "@/lib/contracts/event";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import type { TakenBack } from "@/lib/migration/cutover-request";
import { readEvent } from "@/lib/migration/vocabulary/events";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import type { DemoBlocker } from "./demo-blocker";
import type { PlayedRehearsal } from "./play-rehearsal";
import type { PlayedWayBack } from "./play-way-back";

interface ReportedFile {
  name: string;
  type: string | null;
  tail: boolean;
  firstLsn: string | null;
  lastLsn: string | null;
  sizeBytes: number | null;
  /** Whose word these facts are, and of a person's the name. */
  witness: BackupFileView["witness"];
  /** How often RDS itself accepted this object, by its own ledger. */
  importedTimes: number;
}

/** The source database as its server says it at the end. */
export interface ReportedSource {
  state: string;
  userAccess: string;
  readOnly: boolean;
  /** Online, updateable, and open to everybody who may use it. */
  writable: boolean;
}

export interface DemoReport {
  /** `online`; `online-with-errors` (DBCC); `blocked` before writes were stopped; `taken-back` after; else the migration's own. */
  status: string;
  scenario: string;
  migrationId: string;
  database: string | null;
  files: ReportedFile[];
  /** Refused before anything was submitted, with the file that was needed instead. */
  refused: {
    name: string;
    type: string | null;
    kind: string;
    neededLsn: string | null;
    message: string;
    importedTimes: number;
  }[];
  /** Left out because other files hold all that they do. */
  notNeeded: { name: string; type: string | null; reason: string }[];
  downtimeSeconds: number | null;
  /** Of a cutover that its deadline took back. */
  deadline?: TakenBack;
  /** Of one that its hook took back. */
  hook?: TakenBack;
  /** Every call of its hook, in order. */
  hookCalls?: { moment: string; attempt: number; status: number | null }[];
  forecastSeconds: number | null;
  check: { ok: boolean | null; description: string } | null;
  /** What DBCC CHECKDB found, where it found errors: RDS's words and what is in them. */
  dbcc?: { description: string } & Record<string, string | number>;
  failure: string | null;
  /** Null: the files are of another origin, and there is no source. */
  source: ReportedSource | null;
  /** CreateMigrateTask calls that RDS accepted for this database, by its own ledger. */
  imports: number;
  elapsedSeconds: number;
  /** Of the scenario in which it is rehearsed first. */
  rehearsal?: PlayedRehearsal;
  /** Of the scenario in which the data is brought back to the source. */
  wayBack?: PlayedWayBack;
}

/** Stopped by the preflight or by the drift watch: `status` is `blocked`. */
interface BlockedReport extends DemoReport {
  /** Which probe or alarm: `bucket.storage_class`, `drift.foreign_log`. */
  probe: string;
  /** What it found and how to mend it, as the page says it. */
  message: string;
  /** Others that block too. */
  alsoBlocked: string[];
}

/** What the demo prints: the product's record, with RDS's own count of every file beside it. */
export async function demoReport(input: {
  view: MigrationView;
  events: EventView[];
  endpoints: SandboxEndpoints;
  scenario: string;
  elapsedMs: number;
  blocker: DemoBlocker | null;
  /** A cutover was begun and undone. */
  takenBack: boolean;
  source: ReportedSource | null;
  rehearsal?: PlayedRehearsal | null;
  wayBack?: PlayedWayBack | null;
}): Promise<DemoReport | BlockedReport> {
  const { view, endpoints, blocker } = input;
  const { counts, entries } = await readLedger(endpoints);
  const times = (file: BackupFileView) => counts.get(file.objectKey) ?? 0;
  // A refused file is no failure of the migration: it has its own list.
  const failed = view.steps.find(
    (step) => step.status === "failed" && step.failure && step.failure.reason !== "file_refused",
  );
  const check = view.cutover?.check ?? null;
  const online = check?.ok === false ? "online-with-errors" : "online";
  const report: DemoReport = {
    status: view.cutover?.onlineAt ? online : input.takenBack ? "taken-back" : view.status,
    scenario: input.scenario,
    migrationId: view.id,
    database: view.target.database,
    files: view.files
      .filter((file) => file.state === "imported")
      .map((file) => ({
        name: file.name,
        type: file.type,
        tail: file.tail,
        firstLsn: file.firstLsn,
        lastLsn: file.lastLsn,
        sizeBytes: file.sizeBytes,
        witness: file.witness,
        importedTimes: times(file),
      })),
    refused: refusals(input.events).map((refusal) => {
      const file = view.files.find((candidate) => candidate.name === refusal.name);
      return { ...refusal, type: file?.type ?? null, importedTimes: file ? times(file) : 0 };
    }),
    notNeeded: view.files
      .filter((file) => file.state === "skipped" && isSuperfluous(file))
      .map((file) => ({ name: file.name, type: file.type, reason: file.verdict?.message ?? "" })),
    downtimeSeconds: view.cutover?.downtimeSeconds ?? null,
    ...(view.takenBack ? { [view.takenBack.by]: view.takenBack } : {}),
    ...(view.hook ? { hookCalls: hookCalls(input.events) } : {}),
    ...(input.rehearsal ? { rehearsal: input.rehearsal } : {}),
    ...(input.wayBack ? { wayBack: input.wayBack } : {}),
    forecastSeconds: view.cutover?.forecastSeconds ?? null,
    check,
    ...(check?.ok === false ? { dbcc: dbccOf(check.description) } : {}),
    failure: failed?.failure ? `${failed.kind}: ${failureWords(failed.failure)}` : null,
    source: input.source,
    imports: entries.filter((entry) => entry.databaseName === view.target.database).length,
    elapsedSeconds: Math.round(input.elapsedMs / 100) / 10,
  };
  return blocker === null ? report : { ...report, status: "blocked", failure: null, ...blocker };
}

function hookCalls(events: EventView[]): NonNullable<DemoReport["hookCalls"]> {
  return events.flatMap(({ type, payload }) => {
    const event = readEvent(type, payload);
    if (event.type !== "hook_called") return [];
    const { moment, attempt, status } = event.payload;
    return [{ moment, attempt, status }];
  });
}

function dbccOf(description: string): { description: string } & Record<string, string | number> {
  return { ...diagnoseDescription(description)?.params, description };
}

function failureWords({ reason, params, providerMessage }: Failure): string {
  if (providerMessage !== null) return providerMessage;
  const named = Object.entries(params).map(([key, value]) => `${key} ${value}`);
  return [reason.replaceAll("_", " "), ...named].join(", ");
}

/** Each file that was refused, as it was said the first time: it may have become superfluous since. */
function refusals(
  events: EventView[],
): { name: string; kind: string; neededLsn: string | null; message: string }[] {
  const byName = new Map<string, { name: string; kind: string; neededLsn: string | null; message: string }>();
  for (const { type, payload } of events) {
    const event = readEvent(type, payload);
    if (event.type !== "file_refused" || byName.has(event.payload.file)) continue;
    const { file: name, kind, fromLsn: neededLsn, message } = event.payload;
    byName.set(name, { name, kind, neededLsn, message });
  }
  return [...byName.values()];
}

function isSuperfluous(file: BackupFileView): boolean {
  return (
    file.verdict?.kind === "not-needed" ||
    file.verdict?.kind === "duplicate" ||
    file.verdict?.kind === "too-early"
  );
}

/** The sandbox's own admin page: CreateMigrateTask calls that it accepted. */
async function readLedger(
  endpoints: SandboxEndpoints,
): Promise<{ counts: Map<string, number>; entries: LedgerEntry[] }> {
  const answer = await fetch(`${endpoints.rds.endpoint}/sandbox/ledger`, {
    headers: controlHeaders(endpoints.accessKeySecret),
  });
  const ledger = (await answer.json()) as { entries: LedgerEntry[] };
  const counts = new Map<string, number>();
  for (const entry of ledger.entries) counts.set(entry.objectKey, (counts.get(entry.objectKey) ?? 0) + 1);
  return { counts, entries: ledger.entries };
}

type LedgerEntry = { objectKey: string; databaseName: string };
