import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Ctx } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { runStep } from "@/lib/engine/run-step";
import { MemoryUploadStore } from "@/lib/oss/memory-upload-store-fixture";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount, RdsFile } from "@/lib/rds/rds-account";
import type { SourceBackupRequest } from "@/lib/sqlserver/source-server";
import { rdsFile, rdsTask } from "@/lib/steps/rds-answers-fixture";
import { listClaimable, releaseAllClaims } from "@/lib/store/claim-step";
import { FULL, fileBytes } from "@/sandbox/backup-writer/backup-file-fixture";
import { CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";

/**
 * The engine's unit of waiting in this world, milliseconds of its clock: in production 3 s, so that times are told in bases.
 * Small, since an upload really waits between its own tries.
 */
export const BASE_MS = 10;
const SETTINGS = { baseMs: BASE_MS, lookGraceMs: 34 * BASE_MS };
const RESTORE_MS = 5 * BASE_MS;
const SET_GUID = "7A9C0000-0000-4000-8000-000000000001";
const FORK_GUID = "F0400000-0000-4000-8000-000000000001";
const FAMILY_GUID = "FA300000-0000-4000-8000-000000000001";

/** An RDS with one task and its database. */
export interface FakeRds {
  /** Thrown instead of an answer; a call that changes something may have happened all the same where it says so. */
  down: ((changes: boolean) => ExternalError) | null;
  /** The task fails, and so does every file that is being restored. */
  fails: boolean;
  /** What it is at now is not done. */
  isSlow: boolean;
  /** Instant of an accepted opening, of ours or of somebody else. */
  openedAtMs: number | null;
  /** Calls that it accepted. */
  imports: string[];
  opens: number;
}

export interface CutoverWorld extends CustodyWorld {
  rds: FakeRds;
  /** Thrown by OSS instead of an answer. */
  oss: { down: ExternalError | null };
  nowMs(): number;
  /** Runs all that is due once, in the engine's order; lets time pass to what is due next when nothing is. */
  turn(before: (kind: string) => Promise<void>, on?: (kind: string) => Ctx): Promise<void>;
  /** As after a kill and a start: nobody has any step. */
  restart(): Promise<void>;
}

export function refusal(
  system: "rds" | "oss",
  kind: ExternalErrorKind,
  code: string,
  mayHaveHappened = false,
) {
  return new ExternalError({
    system,
    kind,
    providerCode: code,
    providerMessage: code,
    providerRequestId: "r",
    mayHaveHappened,
  });
}

/**
 * For tests: a migration between two rounds whose cutover was asked for, over a source, an OSS and an RDS in memory. What the
 * steps do is real: the last log is a file with a header, sent in parts, read again in the bucket.
 */
export async function openCutoverWorld(): Promise<CutoverWorld> {
  const localFolder = await mkdtemp(join(tmpdir(), "chainferry-cutover-"));
  const more = {
    targetLsn: FULL.lastLsn.toString(),
    targetForkGuid: FORK_GUID,
    targetFamilyGuid: FAMILY_GUID,
  };
  // What is due next is asked of the store in its own words.
  const world = await openCustodyWorld({ localFolder, ...more }, openTestCtx);
  const { ctx, clock, source, clients } = world;
  const nowMs = () => clock.at.getTime();
  source.onBackup = (request) => takeTail(world, request);
  const oss: CutoverWorld["oss"] = { down: null };
  const store = fakeStore(oss);
  clients.objects = async () => store;
  const rds: FakeRds = { down: null, fails: false, isSlow: false, openedAtMs: null, imports: [], opens: 0 };
  const account = fakeAccount(rds, nowMs);
  clients.rds = async () => account;
  await world.act(CUTOVER);
  let claims = 0;
  return {
    ...world,
    rds,
    oss,
    nowMs,
    turn: async (before, on = () => ctx) => {
      const claimable = await listClaimable(ctx.db, { now: clock.at, limit: 20 });
      const due = claimable.filter(({ dueAt }) => dueAt === null || dueAt.getTime() <= nowMs());
      for (const { id, kind } of due) {
        await before(kind);
        claims += 1;
        const signal = new AbortController().signal;
        await runStep({ ctx: on(kind), settings: SETTINGS, stepId: id, claim: `w/${claims}`, signal });
      }
      const next = claimable[0]?.dueAt?.getTime() ?? 0;
      clock.at = new Date(due.length > 0 ? nowMs() : Math.max(nowMs() + 1, next));
    },
    restart: async () => {
      await releaseAllClaims(ctx.db);
    },
    close: async () => {
      await world.close();
      await rm(localFolder, { recursive: true, force: true });
    },
  };
}

/** The last log: it begins where the full ended, and leaves the source RESTORING. */
async function takeTail({ source }: CustodyWorld, request: SourceBackupRequest): Promise<void> {
  const set = {
    ...FULL,
    type: "log" as const,
    firstLsn: FULL.lastLsn,
    lastLsn: FULL.lastLsn + 5_000n,
    backupSetGuid: SET_GUID,
    firstRecoveryForkGuid: FORK_GUID,
    lastRecoveryForkGuid: FORK_GUID,
    familyGuid: FAMILY_GUID,
  };
  const name = request.path.slice(request.path.lastIndexOf("\\") + 1);
  const folder = source.localFolder;
  await writeFile(join(folder, basename(name)), fileBytes({ sets: [set] }));
  source.done.push("backup tail");
  source.recorded = {
    name: request.name,
    kind: "log",
    database: "Sales",
    startedAtLocal: "2026-05-04T10:00:00.000",
    finishedAtLocal: "2026-05-04T10:00:01.000",
    firstLsn: set.firstLsn.toString(),
    lastLsn: set.lastLsn.toString(),
    checkpointLsn: set.checkpointLsn.toString(),
    databaseBackupLsn: null,
    differentialBaseGuid: null,
    backupSetGuid: SET_GUID,
    sizeBytes: set.payloadBytes,
    compressedSizeBytes: null,
    copyOnly: false,
    tail: true,
    userName: null,
    path: request.path,
  };
  if (source.database) source.database.state = "RESTORING";
}

function fakeStore(oss: CutoverWorld["oss"]): ObjectStore {
  const memory = new MemoryUploadStore();
  const up = <T>(work: () => Promise<T>): Promise<T> => (oss.down ? Promise.reject(oss.down) : work());
  return only<ObjectStore>({
    startUpload: () => up(() => memory.startUpload()),
    listUploads: () => up(() => memory.listUploads()),
    uploadPart: (part, signal) => up(() => memory.uploadPart(part, signal)),
    listParts: (upload) => up(() => memory.listParts(upload)),
    completeUpload: (upload) => up(() => memory.completeUpload(upload)),
    abortUpload: (upload) => up(() => memory.abortUpload(upload)),
    headObject: (object) => up(() => memory.headObject(object)),
    deleteObject: (object) => up(() => memory.deleteObject(object)),
    readRange: ({ key }, offset, length) =>
      up(async () => (memory.objects.get(key) ?? new Uint8Array()).slice(offset, offset + length)),
  });
}

function fakeAccount(rds: FakeRds, nowMs: () => number): RdsAccount {
  const files: { key: string; restoredAtMs: number }[] = [];
  const ask = <T>(work: () => T, changes = false): Promise<T> =>
    rds.down ? Promise.reject(rds.down(changes)) : Promise.resolve().then(work);
  const isPast = (restoredAtMs: number) => !rds.isSlow && restoredAtMs <= nowMs();
  const isOnline = () => rds.openedAtMs !== null && nowMs() >= rds.openedAtMs + RESTORE_MS;
  const task = () => {
    if (rds.openedAtMs !== null)
      return isOnline()
        ? ({ status: "succeeded", providerStatus: "Success" } as const)
        : ({ status: "running", providerStatus: "Running" } as const);
    if (rds.fails) return { status: "failed", providerStatus: "Failed" } as const;
    return files.some(({ restoredAtMs }) => !isPast(restoredAtMs))
      ? ({ status: "running", providerStatus: "Running" } as const)
      : ({ status: "waiting_for_backup", providerStatus: "Waiting" } as const);
  };
  const assertWaits = () => {
    if (task().status !== "waiting_for_backup") throw refusal("rds", "conflict", "InvalideStatus");
  };
  return only<RdsAccount>({
    findTask: () => ask(() => rdsTask({ ...task(), description: "" })),
    listTasks: () => ask(() => [rdsTask(task())]),
    listFiles: () =>
      ask(() =>
        files.map(({ key, restoredAtMs }): RdsFile => {
          const restored = isPast(restoredAtMs);
          const [status, providerStatus] = restored
            ? (["restored", "Restored"] as const)
            : rds.fails
              ? (["restore_failed", "RestoreFailed"] as const)
              : (["restoring", "Restoring"] as const);
          return rdsFile({ fileName: basename(key), type: "log", status, providerStatus });
        }),
      ),
    listDatabases: () =>
      ask(() => [{ name: "Sales", status: isOnline() ? "Running" : "Restoring", collation: null }]),
    createImport: ({ object: { key } }) =>
      ask(() => {
        // A failed task takes another file; one that is at something takes none.
        if (!rds.fails) assertWaits();
        rds.imports.push(key);
        files.push({ key, restoredAtMs: rds.fails ? Number.POSITIVE_INFINITY : nowMs() + RESTORE_MS });
        return { taskId: "7", requestId: "r" };
      }, true),
    openDatabase: () =>
      ask(() => {
        assertWaits();
        rds.opens += 1;
        rds.openedAtMs = nowMs();
        return { requestId: "r" };
      }, true),
  });
}
