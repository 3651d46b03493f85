import { only, type TestCtx } from "@/lib/context/open-test-ctx";
import { ExternalError, type ExternalErrorFields } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsBackupJob, RdsTask } from "@/lib/rds/rds-account";
import type { SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { AccountCallRequest, accountEffect, accountTarget } from "./account-effect";
import { BackupCallRequest, backupEffect, backupTarget } from "./backup-effect";
import { DropCallRequest, dropEffect, dropTarget } from "./drop-effect";
import { ImportCallRequest, importEffect, importTarget } from "./import-effect";
import type { OnceEffect, OnceTarget } from "./once-effect";
import { OpenCallRequest, openEffect, openTarget, openToken } from "./open-effect";
import { RdsBackupCallRequest, rdsBackupEffect, rdsBackupTarget } from "./rds-backup-effect";

/** A process that dies: nothing of it runs any more, and it tells nobody anything. */
export class Crash extends Error {}

type Owner = Pick<OnceTarget, "migrationId" | "stepId" | "connectionId">;

/** For tests: one effect and the system on which it takes place. */
export interface OtherSide {
  effect: OnceEffect<object>;
  request: object;
  target(owner: Owner): OnceTarget;
  /** How often the effect took place. */
  happened: number;
  /** What a call meets; the default takes and answers it. */
  onCall: (takePlace: () => void) => Promise<void>;
  /** Whether looks show what took place. */
  shows: boolean;
  /** What looks meet instead of an answer. */
  lookError: ExternalError | null;
  /** Whether nobody can tell by looking. */
  isUnclear: boolean;
  /** Whether what took place has come to nothing since. */
  cameToNothing: boolean;
  connect(world: TestCtx): void;
}

export function external(more: Partial<ExternalErrorFields> = {}): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "timeout",
    providerCode: null,
    providerMessage: "no answer",
    providerRequestId: null,
    mayHaveHappened: false,
    ...more,
  });
}

type Parts = Pick<OtherSide, "effect" | "request" | "target"> & {
  connect(world: TestCtx, side: OtherSide): void;
};

function sideOf({ connect, ...parts }: Parts): OtherSide {
  const side: OtherSide = {
    ...parts,
    happened: 0,
    onCall: async (takePlace) => takePlace(),
    shows: true,
    lookError: null,
    isUnclear: false,
    cameToNothing: false,
    connect: (world) => connect(world, side),
  };
  return side;
}

async function meet(side: OtherSide): Promise<void> {
  await side.onCall(() => {
    side.happened += 1;
  });
}

function answerLook<T>(side: OtherSide, answer: () => T): Promise<T> {
  return side.lookError ? Promise.reject(side.lookError) : Promise.resolve(answer());
}

/** Any effect as the protocol sees it: with requests that only its own fixture makes. */
function loosely<Request extends object>(
  effect: OnceEffect<Request>,
  parse: (request: object) => Request,
): OnceEffect<object> {
  return {
    ...effect,
    admit: async (tx, request, now) => (await effect.admit?.(tx, parse(request), now)) ?? null,
    call: (world, request, hooks) => effect.call(world, parse(request), hooks),
  };
}

const CREATED_AT = "2026-05-04T10:00:00.000Z";

function task(more: Partial<RdsTask>): RdsTask {
  return {
    taskId: "7",
    databaseName: "Shop",
    method: "access_pending",
    status: "running",
    providerStatus: "Running",
    createdAt: CREATED_AT,
    endedAt: null,
    databaseReplaced: false,
    description: "",
    ...more,
  };
}

function importSide(taskId: string | null): OtherSide {
  const request: ImportCallRequest = {
    instanceId: "rm-1",
    databaseName: "Shop",
    method: "access_pending",
    taskId,
    checkMode: "async",
    object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket: "b", key: "shop/a.trn" },
    lastLsn: null,
  };
  return sideOf({
    effect: loosely(importEffect, (given) => ImportCallRequest.parse(given)),
    request,
    target: (owner) => importTarget({ ...request, key: request.object.key }, { fileId: null, ...owner }),
    connect: (world, side) => {
      const listed = () => side.happened > 0 && side.shows;
      const file = () => ({
        fileName: "a.trn",
        sizeBytes: 1,
        type: "log" as const,
        status: side.cameToNothing ? ("restore_failed" as const) : ("restoring" as const),
        providerStatus: "",
        createdAt: CREATED_AT,
        endedAt: null,
        description: "",
      });
      const account = only<RdsAccount>({
        createImport: async () => {
          await meet(side);
          return { taskId: "7", requestId: "R" };
        },
        listTasks: () =>
          answerLook(side, () =>
            side.isUnclear ? [task({ taskId: "8" }), task({ taskId: "9" })] : listed() ? [task({})] : [],
          ),
        findTask: () => answerLook(side, () => task({})),
        listDatabases: () => answerLook(side, () => []),
        listFiles: () => {
          if (side.isUnclear && taskId !== null)
            return Promise.reject(external({ kind: "not_found", providerCode: "InvalidMigrateTask" }));
          return answerLook(side, () =>
            listed() && !side.isUnclear ? Array.from({ length: side.happened }, file) : [],
          );
        },
      });
      world.clients.rds = async () => account;
    },
  });
}

function openSide(): OtherSide {
  const request: OpenCallRequest = {
    instanceId: "rm-1",
    databaseName: "Shop",
    taskId: "7",
    checkMode: "async",
    clientToken: openToken("rm-1", "7"),
  };
  return sideOf({
    effect: loosely(openEffect, (given) => OpenCallRequest.parse(given)),
    request,
    target: (owner) => openTarget(request, owner),
    connect: (world, side) => {
      const tokens = new Set<string>();
      const account = only<RdsAccount>({
        openDatabase: async ({ clientToken }) => {
          await side.onCall(() => {
            // The same token again is the same opening.
            if (!tokens.has(clientToken) || side.cameToNothing) side.happened += 1;
            tokens.add(clientToken);
          });
          return { requestId: "R" };
        },
        findTask: () =>
          answerLook(side, () => {
            if (side.isUnclear) return null;
            if (side.happened === 0 || !side.shows) return task({ status: "waiting_for_backup" });
            return task({ status: side.cameToNothing ? "failed" : "running" });
          }),
      });
      world.clients.rds = async () => account;
    },
  });
}

function backupSide(): OtherSide {
  const request: BackupCallRequest = {
    database: "Shop",
    kind: "log",
    name: "chainferry step",
    description: "",
    path: "/backup/a.trn",
    noRecovery: true,
    compression: true,
    copyOnly: false,
    fileName: "a.trn",
    localPath: "/local/a.trn",
    objectKey: "shop/a.trn",
  };
  return sideOf({
    effect: loosely(backupEffect, (given) => BackupCallRequest.parse(given)),
    request,
    target: ({ connectionId, ...owner }) =>
      backupTarget({ connectionId, database: "Shop", name: request.name }, { ...owner, fileId: null }),
    connect: (world, side) => {
      const row = {
        name: request.name,
        kind: "log" as const,
        database: "Shop",
        startedAtLocal: "2026-05-04T10:00:00",
        finishedAtLocal: "2026-05-04T10:00:01",
        firstLsn: "1",
        lastLsn: "2",
        checkpointLsn: "1",
        databaseBackupLsn: "1",
        differentialBaseGuid: null,
        backupSetGuid: "guid",
        sizeBytes: 1,
        compressedSizeBytes: null,
        copyOnly: false,
        tail: true,
        userName: null,
        path: request.path,
      };
      const database = (): SourceDatabase => ({
        name: "Shop",
        state: side.isUnclear ? "RESTORING" : "ONLINE",
        recoveryModel: "FULL",
        userAccess: "RESTRICTED_USER",
        readOnly: false,
        compatibilityLevel: 150,
        collation: null,
        encrypted: false,
        dataBytes: null,
        logBytes: null,
        internalVersion: null,
        lastLogBackupLsn: null,
      });
      const server = only<SourceServer>({
        backup: () => meet(side),
        findBackup: () =>
          answerLook(side, () => {
            const isThere = side.happened > 0 && side.shows && !side.isUnclear && !side.cameToNothing;
            return isThere ? row : null;
          }),
        listRunningBackups: () => answerLook(side, () => []),
        findDatabase: () => answerLook(side, database),
      });
      world.clients.source = async () => server;
    },
  });
}

function dropSide(): OtherSide {
  const request: DropCallRequest = { instanceId: "rm-1", databaseName: "Shop_rehearsal" };
  return sideOf({
    effect: loosely(dropEffect, (given) => DropCallRequest.parse(given)),
    request,
    target: ({ connectionId, migrationId, stepId }) =>
      dropTarget(request, { connectionId, migrationId: migrationId ?? "m1", stepId }),
    connect: (world, side) => {
      const there = (status: string) => [{ name: "shop_rehearsal", status, collation: null }];
      const account = only<RdsAccount>({
        deleteDatabase: async () => {
          await meet(side);
          return { requestId: "R" };
        },
        listDatabases: () =>
          answerLook(side, () => {
            return side.happened > 0 && side.shows && !side.cameToNothing ? [] : there("Running");
          }),
      });
      world.clients.rds = async () => account;
    },
  });
}

function accountSide(): OtherSide {
  const request: AccountCallRequest = { instanceId: "rm-1", account: "app", description: "Shop: app" };
  return sideOf({
    effect: loosely(accountEffect("Passw0rd"), (given) => AccountCallRequest.parse(given)),
    request,
    target: ({ connectionId, migrationId, stepId }) =>
      accountTarget(request, { connectionId, migrationId, stepId, databaseName: "Shop" }),
    connect: (world, side) => {
      const account = only<RdsAccount>({
        createAccount: async () => {
          await meet(side);
          return { requestId: "R" };
        },
        listAccounts: () =>
          answerLook(side, () => {
            const isThere = side.happened > 0 && side.shows && !side.cameToNothing;
            return isThere ? [{ name: "app", status: "Available", type: "Normal", privileges: [] }] : [];
          }),
      });
      world.clients.rds = async () => account;
    },
  });
}

function rdsBackupSide(): OtherSide {
  const request: RdsBackupCallRequest = { instanceId: "rm-1" };
  return sideOf({
    effect: loosely(rdsBackupEffect, (given) => RdsBackupCallRequest.parse(given)),
    request,
    target: ({ connectionId, migrationId, stepId }) =>
      rdsBackupTarget(request, { connectionId, migrationId, stepId, databaseName: "Shop", item: "first" }),
    connect: (world, side) => {
      const job = (): RdsBackupJob => ({
        jobId: "7",
        backupId: null,
        state: side.cameToNothing ? "failed" : "running",
        percent: 5,
        manual: true,
      });
      const account = only<RdsAccount>({
        createBackup: async () => {
          await meet(side);
          return { jobId: "7", requestId: "R" };
        },
        listBackupJobs: () => answerLook(side, () => (side.happened > 0 && side.shows ? [job()] : [])),
        listBackups: () => answerLook(side, () => []),
      });
      world.clients.rds = async () => account;
    },
  });
}

/** Of these a look may never tell: a person says what happened. */
export const UNCLEAR_SIDES: readonly [string, () => OtherSide][] = [
  ["the import of a first file", () => importSide(null)],
  ["the import of a further file", () => importSide("7")],
  ["the opening of a database", openSide],
  ["a backup", backupSide],
];

/** Every effect there is, each on a system of its own. */
export const OTHER_SIDES: readonly [[string, () => OtherSide], ...[string, () => OtherSide][]] = [
  ["the drop of a rehearsal", dropSide],
  ["an account on RDS", accountSide],
  ["a backup by RDS", rdsBackupSide],
  ...UNCLEAR_SIDES,
];
