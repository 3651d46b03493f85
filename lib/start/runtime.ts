import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import pino from "pino";
import { createSealer } from "@/lib/auth/sealer";
import type { Actor, Caller, Ctx } from "@/lib/context/context";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import { type InSpan, noSpans } from "@/lib/diagnosis/in-span";
import { type Engine, startEngine } from "@/lib/engine/engine";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import { createCallOut } from "@/lib/network/call-out";
import { createMailOut } from "@/lib/network/mail-out";
import { createCallPace, type SharedPause } from "@/lib/rds/call-pace";
import {
  SANDBOX_CLOUD_ID,
  SANDBOX_SOURCE_ID,
  seedSandboxConnections,
} from "@/lib/services/connection/seed-sandbox";
import { listMigrations } from "@/lib/services/migration/list-migrations";
import { type RoleRights, readRoleRights } from "@/lib/store/least-rights";
import { openStore } from "@/lib/store/open-store";
import { pauseRds, rdsPauseLeft } from "@/lib/store/rds-pause";
import { type Health, readHealth, readOldestDueSeconds } from "@/lib/store/read-health";
import type { Store } from "@/lib/store/store";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { bindSecrets } from "./bind-secrets";
import type { Config } from "./config";
import { type Counters, createCounters } from "./counters";
import { createClients } from "./create-clients";
import { PASSKEYS } from "./create-identity";
import { createEndpointGuard, originsOf } from "./endpoint-guard";
import { newId } from "./new-id";
import { protectFolder } from "./protect-folder";
import { createSandboxHand } from "./sandbox-choice";
import { readSecretKeys } from "./secret-keys";
import { storePlace } from "./store-place";
import { tracedClients } from "./traced-client";
import { startTracing } from "./tracing";
import { VERSION } from "./version";

const ENGINE_ACTOR: Actor = { kind: "system", id: "engine", name: "engine", role: "operator" };
const STARTUP_ACTOR: Actor = { kind: "person", id: "start-up", name: "start-up", role: "administrator" };

const NOBODY_ELSE: IdentitySources = { provider: null, directory: null, passkeys: PASSKEYS };

export interface Runtime {
  ctxFor(actor: Actor, caller?: Caller): Ctx;
  /** Throws when the store does not answer. */
  health(): Promise<Health>;
  oldestDueSeconds(): Promise<number>;
  /** What the role of a PostgreSQL store may do to the record beyond what is needed. Null: embedded. */
  rights: RoleRights | null;
  /** What the list of all says of each. Throws when the store does not answer. */
  migrations(): Promise<MigrationSummaryView[]>;
  /** Of this process. */
  counters: Counters;
  /** For what the process does beside steps; nothing where nobody collects traces. */
  inSpan: InSpan;
  stop(): Promise<void>;
}

/** The composition root: opens the store, makes the clients, starts the engine. One a process. */
export async function startRuntime(
  config: Config,
  options: {
    runsSteps: boolean;
    /** Who else knows people; unless said: nobody does. */
    identity?: IdentitySources;
    /** Told what every service answers. */
    onAnswer?: AnswerObserver;
    /** Whether it is traced, where the environment names a collector. */
    traces?: boolean;
  },
): Promise<Runtime> {
  await protectFolder(config.dataFolder);
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
  const store = await openStore(storePlace(config));
  const sealer = createSealer(readSecretKeys(config));
  await bindSecrets(store.db, sealer);
  const rights =
    store.kind === "postgresql"
      ? await readRoleRights(async (sql) => (await store.executeSql(sql)).rows)
      : null;
  const { sandbox } = config;
  const endpoints = createEndpointGuard({
    sandbox: sandbox ? originsOf(sandbox) : [],
    allowed: config.privateEndpoints,
  });
  const counters = createCounters();
  const tracing = options.traces === true ? await startTracing(process.env) : null;
  const untraced = createClients({
    db: store.db,
    sealer,
    endpoints,
    onAnswer: options.onAnswer,
    onRdsCall: counters.noteRdsCall,
    rdsPace: (id) => createCallPace({ shared: pauseOf(store, id), random: Math.random }),
  });
  const clients = tracing === null ? untraced : tracedClients(untraced, tracing.inSpan);
  const mailOut = createMailOut(endpoints);
  const { identity = NOBODY_ELSE } = options;
  const callOut = createCallOut(endpoints, { hasSandbox: sandbox !== null });
  const sandboxHand = createSandboxHand(config.dataFolder, sandbox);
  let engine: Engine | null = null;
  const ctxFor = (actor: Actor, caller: Caller | null = null): Ctx => ({
    actor,
    caller,
    now: () => new Date(),
    newId,
    db: store.db,
    clients,
    sealer,
    callOut,
    mailOut,
    identity,
    sandboxHand,
    wake: () => engine?.wake(),
    system: {
      version: VERSION,
      store: store.kind,
      engine: config.engine,
      sandbox: sandbox && sandboxView(sandbox),
      signIn: config.signIn,
    },
    log: {
      info: (fields, message) => log.info(fields, message),
      warn: (fields, message) => log.warn(fields, message),
      error: (fields, message) => log.error(fields, message),
    },
  });
  if ((await store.db.connection.count({ where: { sandbox: false, archivedAt: null } })) > 0)
    await sandboxHand.noteReal();
  if (sandbox) await seedSandboxConnections({ ctx: ctxFor(STARTUP_ACTOR), input: sandbox });
  if (options.runsSteps || config.engine === "in_process") {
    engine = await startEngine({
      ctx: ctxFor(ENGINE_ACTOR),
      store,
      settings: { baseMs: config.pollMs, lookGraceMs: config.lookGraceMs },
      instanceId: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
      runsSteps: options.runsSteps,
      onLeaseLost: counters.noteLeaseLoss,
      inSpan: tracing?.inSpan ?? noSpans,
    });
  }
  return {
    ctxFor,
    health: () => readHealth(store.db),
    oldestDueSeconds: () => readOldestDueSeconds(store.db),
    rights,
    migrations: async () => (await listMigrations({ ctx: ctxFor(ENGINE_ACTOR), input: {} })).migrations,
    counters,
    inSpan: tracing?.inSpan ?? noSpans,
    stop: async () => {
      await engine?.stop();
      await tracing?.stop();
      await clients.close();
      await store.close();
    },
  };
}

/** The embedded store has one process, which need tell nobody. */
function pauseOf({ kind, db }: Store, connectionId: string): SharedPause {
  if (kind === "embedded") return { left: () => Promise.resolve(0), begin: () => Promise.resolve() };
  return { left: () => rdsPauseLeft(db, connectionId), begin: (ms) => pauseRds(db, connectionId, ms) };
}

function sandboxView(sandbox: SandboxEndpoints): NonNullable<Ctx["system"]["sandbox"]> {
  return {
    scenario: sandbox.scenario,
    timeFactor: sandbox.timeFactor,
    localFolder: sandbox.sqlServer.localFolder,
    sourceFolder: sandbox.sqlServer.backupFolder,
    bucket: sandbox.oss.bucket,
    sourceConnectionId: SANDBOX_SOURCE_ID,
    cloudConnectionId: SANDBOX_CLOUD_ID,
  };
}
