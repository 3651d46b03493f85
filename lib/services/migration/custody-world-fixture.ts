import { tmpdir } from "node:os";
import type { Ctx } from "@/lib/context/context";
import { only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import type { UserAccess } from "@/lib/diagnosis/user-access";
import { runStep } from "@/lib/engine/run-step";
import type {
  ServerIdentity,
  SourceBackupRequest,
  SourceBackupRow,
  SourceDatabase,
  SourceServer,
} from "@/lib/sqlserver/source-server";
import type { Prisma } from "@/lib/store/generated/client";
import { actOnMigration } from "./act-on-migration";

export const SETTINGS = { baseMs: 100, lookGraceMs: 1_000 };

/** A source server of one database, which does what it is told and says so. */
export interface FakeSource {
  /** Null: dropped. */
  database: { state: string; userAccess: UserAccess } | null;
  forkGuid: string;
  /** Everything that changed it, in order. */
  done: string[];
  /** Thrown instead of an answer. */
  down: Error | null;
  running: boolean;
  /** The newest backup in msdb. */
  recorded: SourceBackupRow | null;
  /** Its backup folder, as this process names it. */
  localFolder: string;
  /** Called in place of BACKUP; absent: it is taken. */
  onBackup?: (request: SourceBackupRequest) => Promise<void>;
  /** Called right before ALTER … MULTI_USER, and … RESTRICTED_USER. */
  onAllow?: () => Promise<void>;
  onRestrict?: () => Promise<void>;
}

export interface CustodyWorld extends TestCtx {
  source: FakeSource;
  act(action: MigrationAction): Promise<MigrationView>;
  /** Runs the open step of a kind once, on another context if need be. */
  run(kind: string, ctx?: Ctx): Promise<void>;
  row(): ReturnType<TestCtx["ctx"]["db"]["migration"]["findUniqueOrThrow"]>;
  /** Kind and status of every step that was not cancelled, in order. */
  steps(): Promise<string[]>;
  wait(ms: number): void;
}

export const CUTOVER = {
  type: "cutover",
  stopWrites: "restricted_user",
  checkMode: "async",
  confirmName: "Sales",
} as const;

/** For tests: a migration `m` between two rounds, its full imported, over a source that is told what to do. */
export async function openCustodyWorld(
  more: Partial<Prisma.MigrationUncheckedCreateInput> = {},
  open = openQuickCtx,
): Promise<CustodyWorld> {
  const world = await open();
  const { ctx, clock } = world;
  const { db } = ctx;
  const source: FakeSource = {
    database: { state: "ONLINE", userAccess: "MULTI_USER" },
    forkGuid: "FORK",
    done: [],
    down: null,
    running: false,
    recorded: null,
    localFolder: more.localFolder ?? tmpdir(),
  };
  world.clients.source = async () => fakeServer(source);
  for (const id of ["source", "cloud"]) {
    await db.connection.create({ data: { id, kind: "sql_server", name: id, config: {}, secretSealed: "" } });
  }
  await db.migration.create({
    data: {
      id: "m",
      name: "Sales",
      status: "waiting_for_user",
      phase: "rounds",
      draft: EMPTY_DRAFT,
      method: "access_pending",
      transport: "shared_folder",
      backupBy: "app",
      sourceConnectionId: "source",
      sourceDatabase: "Sales",
      cloudConnectionId: "cloud",
      instanceId: "rm-1",
      targetDatabase: "Sales",
      rdsTaskId: "7",
      bucket: "b",
      bucketEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      prefix: "sales/",
      sourceFolder: "D:\\b",
      localFolder: source.localFolder,
      createdBy: "test",
      startedAt: clock.at,
      ...more,
    },
  });
  await db.backupFile.create({
    data: {
      id: "full",
      migrationId: "m",
      name: "full.bak",
      objectKey: "sales/full.bak",
      state: "imported",
      type: "full",
    },
  });
  await addStep(world, { kind: "await_import", nature: "repeatable", status: "succeeded", fileId: "full" });
  let claims = 0;
  return {
    ...world,
    source,
    act: (action) => actOnMigration({ ctx: world.as("operator"), input: { migrationId: "m", action } }),
    run: async (kind, on = ctx) => {
      const step = await db.migrationStep.findFirstOrThrow({
        where: { kind, status: { notIn: ["succeeded", "cancelled", "skipped", "failed"] } },
      });
      claims += 1;
      const signal = new AbortController().signal;
      await runStep({ ctx: on, settings: SETTINGS, stepId: step.id, claim: `test/${claims}`, signal });
    },
    row: () => db.migration.findUniqueOrThrow({ where: { id: "m" } }),
    steps: async () => {
      const rows = await db.migrationStep.findMany({
        where: { status: { not: "cancelled" } },
        orderBy: { ordinal: "asc" },
      });
      return rows.map(({ kind, status }) => `${kind} ${status}`);
    },
    wait: (ms) => {
      clock.at = new Date(clock.at.getTime() + ms);
    },
  };
}

/** One more step, after all that are there. */
export async function addStep(
  { ctx }: Pick<TestCtx, "ctx">,
  step: Pick<Prisma.MigrationStepUncheckedCreateInput, "kind" | "nature" | "status"> &
    Partial<Prisma.MigrationStepUncheckedCreateInput>,
): Promise<string> {
  const ordinal = (await ctx.db.migrationStep.count()) + 1;
  const id = `s${ordinal}`;
  await ctx.db.migrationStep.create({
    data: { id, migrationId: "m", key: `${step.kind}#${ordinal}`, ordinal, input: {}, ...step },
  });
  return id;
}

function fakeServer(source: FakeSource): SourceServer {
  const answer = <T>(value: T): Promise<T> =>
    source.down ? Promise.reject(source.down) : Promise.resolve(value);
  const change = async (what: string, to: Partial<NonNullable<FakeSource["database"]>>) => {
    await answer(null);
    source.done.push(what);
    if (source.database) Object.assign(source.database, to);
  };
  return only<SourceServer>({
    findDatabase: (name) =>
      answer(
        source.database &&
          ({ name, readOnly: false, recoveryModel: "FULL", ...source.database } as SourceDatabase),
      ),
    listRunningBackups: () =>
      answer(
        source.running
          ? [{ sessionId: 9, database: "Sales", command: "BACKUP LOG", percent: 5, startedAtLocal: "" }]
          : [],
      ),
    rowCounts: () => answer({ "dbo.t": 1 }),
    listSessions: () => answer([]),
    restrictUsers: async () => {
      await source.onRestrict?.();
      await change("restrict", { userAccess: "RESTRICTED_USER" });
    },
    allowUsers: async () => {
      await source.onAllow?.();
      await change("allow", { userAccess: "MULTI_USER" });
    },
    allowOneUser: () => change("allow one", { userAccess: "SINGLE_USER" }),
    recover: () => {
      source.forkGuid = "FORK-AFTER-RECOVERY";
      return change("recover", { state: "ONLINE" });
    },
    readChainGuard: () =>
      answer({
        state: source.database?.state ?? "",
        recoveryModel: "FULL",
        differentialBaseGuid: null,
        differentialBaseLsn: null,
        nextLogFirstLsn: null,
        forkGuid: source.forkGuid,
        databaseGuid: "DATABASE",
      }),
    findBackup: ({ name }) => answer(source.recorded?.name === name ? source.recorded : null),
    identify: () =>
      answer(
        only<ServerIdentity>({
          edition: "Standard Edition",
          engineEdition: 2,
          productVersion: "16.0.4085.2",
          localTime: "2026-05-04T10:00:00.000",
        } as ServerIdentity),
      ),
    backup: async (request) => {
      await answer(null);
      if (source.onBackup) return source.onBackup(request);
      source.done.push(`backup${request.noRecovery ? " tail" : ""}`);
      if (request.noRecovery && source.database) source.database.state = "RESTORING";
    },
  });
}
