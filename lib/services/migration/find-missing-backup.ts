import { stat } from "node:fs/promises";
import { storedHeader } from "@/lib/backup/stored-header";
import type { Ctx, Use } from "@/lib/context/context";
import { withDeadline } from "@/lib/context/deadline";
import { requireRole } from "@/lib/context/require-role";
import { FileVerdictView } from "@/lib/contracts/migration";
import type {
  FoundBackup,
  HistoryReason,
  MissingBackupView,
  WantedBackup,
} from "@/lib/contracts/missing-backup";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { isSameGuid } from "@/lib/migration/same-guid";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { standingOf } from "@/lib/plan/standing";
import type { RecordedBackup } from "@/lib/sqlserver/recorded-backup";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { loadMigration, type MigrationRows } from "@/lib/store/migration-rows";
import { type AskedReplicas, askReplicas } from "./ask-replicas";
import { historyScript } from "./history-script";
import { mappedPath } from "./mapped-path";
import { selectRecorded } from "./select-recorded";
import { wantedBackup } from "./wanted-backup";

const SOURCE_MS = 8_000;
const FOLDER_MS = 2_000;
const OVER = new Set(["succeeded", "cancelled", "draft"]);

/**
 * Which backup a migration waits for, and what the source's own history (msdb) tells of it: who took it, when, with what,
 * where it lies. What cannot be asked, or is not remembered, is an answer with its reason. Throws `not_found`.
 */
export async function findMissingBackup({
  ctx,
  input,
}: Use<{ migrationId: string }>): Promise<MissingBackupView> {
  requireRole(ctx.actor, "viewer");
  const row = await loadMigration(ctx.db, input.migrationId);
  if (!row) throw new AppError("not_found", "migration_not_found");
  const wanted = OVER.has(row.status) ? null : wantedOf(row, ctx.now().getTime());
  const { sourceConnectionId, sourceDatabase, sourceFolder } = row;
  const script = wanted && sourceDatabase ? historyScript(sourceDatabase, wanted) : null;
  const asked = { wanted, script, sourceFolder };
  if (sourceConnectionId === null || sourceDatabase === null) {
    return { ...asked, ...unknown("no_source", null), sourceLsn: null };
  }
  try {
    const work = ctx.clients
      .source(sourceConnectionId)
      .then((source) => ask(ctx, source, sourceDatabase, row, wanted));
    return { ...asked, ...(await withDeadline(work, SOURCE_MS)) };
  } catch (error) {
    const told = reasonOf(error);
    if (told === null) throw error;
    ctx.log.warn({ migrationId: row.id, reason: told.why }, "the source's backup history was not read");
    return { ...asked, ...unknown(told.why, told.detail), sourceLsn: null };
  }
}

function wantedOf(row: MigrationRows, nowMs: number): WantedBackup | null {
  const needs = standingOf(snapshotOf(row), nowMs).needs;
  const refused = row.files.find((file) => file.state === "refused");
  return wantedBackup({
    targetLsn: row.targetLsn,
    files: row.files.map((file) => {
      const verdict = FileVerdictView.safeParse(file.verdict);
      return { ...file, verdict: verdict.success ? verdict.data : null };
    }),
    waits: refused !== undefined || needs?.key === "upload_next_file",
    refusedHeader: refused ? storedHeader(refused.header) : null,
  });
}

type History = Pick<MissingBackupView, "history" | "reason" | "detail" | "backups">;

function unknown(reason: HistoryReason, detail: string | null): History {
  return { history: "unknown", reason, detail, backups: [] };
}

async function ask(
  ctx: Ctx,
  source: SourceServer,
  database: string,
  row: MigrationRows,
  wanted: WantedBackup | null,
): Promise<History & { sourceLsn: string | null }> {
  const now = await source.findDatabase(database);
  const sourceLsn = now?.lastLogBackupLsn ?? null;
  if (wanted === null) return { history: "found", reason: null, detail: null, backups: [], sourceLsn };
  const target = { baseGuid: row.targetBaseGuid, forkGuid: row.targetForkGuid };
  const recorded = await recordedOn(source, database, wanted);
  let replicas: AskedReplicas | null = null;
  let selection = selectRecorded(recorded, wanted, target);
  if (!selection.whole) {
    // Each server of a group keeps what it took itself.
    replicas = await askReplicas(ctx, { source, database, ask: (one) => recordedOn(one, database, wanted) });
    if (replicas.recorded.length > 0)
      selection = selectRecorded([...recorded, ...replicas.recorded], wanted, target);
  }
  const { fetch, gone, bridge, whole } = selection;
  if (fetch.length === 0 && gone.length === 0 && bridge === null) {
    if (replicas !== null && replicas.unasked.length > 0)
      return { ...unknown("other_replica", replicas.unasked.join(", ")), sourceLsn };
    const { backupCount, oldestLocal, oldestFirstLsn } = await source.readBackupHistory(database);
    if (backupCount === 0) return { ...unknown("no_history", null), sourceLsn };
    const since = oldestFirstLsn === null ? null : BigInt(oldestFirstLsn);
    const purged = wanted.fromLsn !== null && since !== null && since > BigInt(wanted.fromLsn);
    return { ...unknown(purged ? "purged" : "not_taken_here", oldestLocal), sourceLsn };
  }
  const backups = await Promise.all([
    ...fetch.map((one) => toFound(one, "fetch", row)),
    ...gone.map((one) => toFound(one, "gone", row)),
    ...(bridge ? [toFound(bridge, "bridge", row)] : []),
  ]);
  return { history: whole ? "found" : "part", reason: null, detail: null, backups, sourceLsn };
}

function recordedOn(source: SourceServer, database: string, wanted: WantedBackup): Promise<RecordedBackup[]> {
  const { fromLsn, toLsn, baseGuid, baseLsn } = wanted;
  return fromLsn === null
    ? source.findFullBackups({ database, baseGuid, baseLsn })
    : source.findBackupsInRange({ database, fromLsn, toLsn });
}

async function toFound(
  recorded: RecordedBackup,
  use: FoundBackup["use"],
  row: MigrationRows,
): Promise<FoundBackup> {
  const { firstForkGuid: _first, lastForkGuid: _last, ...told } = recorded;
  const { differentialBaseGuid: _base, kind, devices, ...facts } = told;
  const guid = recorded.backupSetGuid;
  const known = row.files.find((file) => isSameGuid(file.backupSetGuid, guid));
  return {
    ...facts,
    kind: kind === "other" ? "log" : kind,
    use,
    knownAs: known?.name ?? null,
    devices: await Promise.all(
      devices.map(async ({ path, kind: device }) => {
        const localPath = device === "disk" ? mappedPath(path, row) : null;
        return { path, kind: device, localPath, seen: localPath === null ? null : await isThere(localPath) };
      }),
    ),
  };
}

/** A share that hangs must not hold up the answer: then nobody could look. */
async function isThere(path: string): Promise<boolean | null> {
  const look = stat(path).then(
    (found) => found.isFile(),
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" || error.code === "ENOTDIR" ? false : null),
  );
  return withDeadline(look, FOLDER_MS).catch(() => null);
}

/** Null: a bug of ours, not an answer of the source. */
function reasonOf(error: unknown): { why: HistoryReason; detail: string | null } | null {
  if (isAppError(error)) {
    if (error.fields.code === "external_timeout") return { why: "unreachable", detail: null };
    return error.fields.code === "not_found" ? { why: "no_source", detail: null } : null;
  }
  if (!isExternalError(error)) return null;
  const { kind, providerMessage: detail } = error.fields;
  if (kind === "forbidden") return { why: "forbidden", detail };
  const away = kind === "auth" || kind === "unavailable" || kind === "timeout" || kind === "not_found";
  return { why: away ? "unreachable" : "failed", detail };
}
