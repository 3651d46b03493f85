import { rmSync } from "node:fs";
import type { Clients, Ctx } from "@/lib/context/context";
import { NO_SANDBOX_HAND } from "@/lib/context/no-sandbox-hand-fixture";
import type { MigrationAction } from "@/lib/contracts/migration";
import { isAppError } from "@/lib/diagnosis/app-error";
import { backupSetName } from "@/lib/drift/watch-drift";
import { watchTarget } from "@/lib/drift/watch-target";
import { isOpenStep } from "@/lib/migration/snapshot";
import { LOOK_GRACE_MS } from "@/lib/once/look-grace";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import type { PrismaClient } from "@/lib/store/generated/client";
import type { Gate } from "@/lib/store/memory/memory-client-fixture";
import { loadMigration, type MigrationRows } from "@/lib/store/migration-rows";
import type { FileRow, StepRow } from "@/lib/store/typed-rows";
import { runStep } from "../run-step";
import { FakeOss } from "./fake-oss-fixture";
import { FakeRds } from "./fake-rds-fixture";
import { bytesOf, FakeSource } from "./fake-source-fixture";
import { Killed, ModelProcess, type ProcessFault } from "./model-process-fixture";
import {
  addDrafts,
  type DraftId,
  type ModelKind,
  NO_GATE,
  openBeside,
  prefixOf,
  startAtOnce,
  startBeside,
} from "./model-starts-fixture";

/** Long, so that a run does not consist of looks that show nothing new. */
const BASE_MS = 20_000;
const SETTINGS = { baseMs: BASE_MS, lookGraceMs: LOOK_GRACE_MS };
/** What a call that has left its process may need to arrive, with the time between its last check and its leaving. */
const ON_ITS_WAY_MS = 70_000;
/** Calls of which RDS or SQL Server would do what is asked, however late it comes. */
const EFFECTS: ReadonlySet<string | null> = new Set([
  "createImport",
  "openDatabase",
  "backup",
  "restrictUsers",
]);

/** A step that stands so is not taken up by itself. */
const ASLEEP = ["succeeded", "refused", "skipped", "cancelled", "failed", "unknown"];

/** One client of the store for each process. */
export type ModelStore = (gate: Gate) => PrismaClient;

interface Worker {
  process: ModelProcess;
  inHand: Promise<void> | null;
}

/** A migration of one database, from its preflight on, over a store, a source, a bucket and RDS that do what they are told. */
export class ModelWorld {
  readonly rds: FakeRds;
  readonly source: FakeSource;
  readonly oss: FakeOss;
  readonly db: PrismaClient;
  readonly errors: unknown[] = [];
  /** The migration that runs. */
  id: DraftId = "m";
  private workers: Worker[];
  /** Befalls the worker that comes there next. */
  awaits: ProcessFault | null = null;
  /** What a patient person has tried again in the end. */
  tries = 0;
  private claims = 0;
  private ids = 0;

  private constructor(
    readonly kind: ModelKind,
    private readonly store: ModelStore,
    readonly clock: { at: Date },
    readonly folder: string,
  ) {
    const now = () => this.clock.at.getTime();
    this.source = new FakeSource(now, folder);
    this.oss = new FakeOss(now);
    this.rds = new FakeRds(now, (key) => this.setOf(key));
    this.db = store(NO_GATE);
    this.workers = [0, 1].map(() => this.newWorker());
  }

  static async open(
    kind: ModelKind,
    store: ModelStore,
    clock: { at: Date },
    folder: string,
    /** Where the one of two starts at once stands still meanwhile: at its nth place. */
    stopsAt = 1,
  ): Promise<ModelWorld> {
    const world = new ModelWorld(kind, store, clock, folder);
    await world.begin(stopsAt);
    return world;
  }

  /** What lies in the bucket under a key, by the set that is in it. */
  private setOf(key: string) {
    const name = key.slice(key.lastIndexOf("/") + 1);
    return this.source.sets.get(`${this.folder}/${name}`) ?? null;
  }

  private async begin(stopsAt: number): Promise<void> {
    const { db, clock, kind, folder } = this;
    await addDrafts(db, { kind, folder, at: clock.at });
    this.id = await startAtOnce((gate) => this.ctxOf(gate), clock, stopsAt);
    const over = { status: "succeeded", startedAt: clock.at, finishedAt: clock.at };
    await db.migrationStep.updateMany({ where: { migrationId: this.id, kind: "preflight" }, data: over });
    if (kind === "others") this.bringFile("full");
    const ctx = this.ctxOf(NO_GATE);
    await db.$transaction((tx) => advanceMigration(ctx, tx, this.id));
  }

  /** Of others: a backup is taken and brought to the bucket. */
  bringFile(kind: "full" | "differential" | "log"): void {
    const set = this.source.takeBackup(kind, null);
    const name = `Sales_${kind}_${this.source.sets.size}${kind === "full" ? ".bak" : kind === "log" ? ".trn" : ".diff"}`;
    this.source.sets.set(`${this.folder}/${name}`, set);
    this.oss.put(`${prefixOf(this.id)}${name}`, bytesOf(set));
  }

  private ctxOf(gate: Gate): Ctx {
    const never = () => Promise.reject(new Error("The model opens no connection of its own"));
    const rds = this.rds.account(gate);
    const source = this.source.server(gate);
    const objects = this.oss.store(gate);
    const clients: Clients = {
      rds: async () => rds,
      source: async () => source,
      objects: async () => objects,
      openRds: never,
      openSource: never,
      openObjects: never,
      forget: async () => undefined,
    };
    return {
      caller: null,
      actor: { kind: "person", id: "p", name: "p", role: "operator" },
      now: () => this.clock.at,
      newId: () => {
        this.ids += 1;
        return `id-${this.ids}`;
      },
      db: this.store(gate),
      clients,
      sealer: { seal: (plain) => plain, unseal: (sealed) => sealed },
      mailOut: () => Promise.reject(new Error("The model writes to nobody")),
      callOut: () => Promise.reject(new Error("The model asks nobody outside")),
      identity: { provider: null, directory: null, passkeys: { readMade: never, verify: never } },
      sandboxHand: NO_SANDBOX_HAND,
      wake: () => undefined,
      system: { version: "0", store: "embedded", engine: "in_process", sandbox: null, signIn: "off" },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields) => {
          const error = "err" in fields ? fields.err : fields;
          if (!(error instanceof Killed)) this.errors.push(error);
        },
      },
    };
  }

  private newWorker(): Worker {
    return { process: new ModelProcess(() => this.clock.at.getTime()), inHand: null };
  }

  async rows(): Promise<MigrationRows> {
    const row = await loadMigration(this.db, this.id);
    if (!row) throw new Error("The migration is gone");
    return row;
  }

  /** What a worker could take up by itself, at once or later; unread, as it is looked at all the time. */
  private async wakingSteps(): Promise<{ id: string; dueMs: number }[]> {
    const steps = await this.db.migrationStep.findMany({ where: { status: { notIn: ASLEEP } } });
    const now = this.clock.at.getTime();
    return steps.map(({ id, dueAt }) => ({ id, dueMs: Math.max(now, dueAt?.getTime() ?? now) }));
  }

  /** A worker takes one of the steps that are due, unless it has one in hand; false: there was nothing to do. */
  async work(index: number, pick = 0, fault: ProcessFault | null = null): Promise<boolean> {
    const worker = this.workers[index % 2];
    if (!worker || worker.inHand) return false;
    const now = this.clock.at.getTime();
    const due = (await this.wakingSteps()).filter(({ dueMs }) => dueMs <= now);
    const stepId = due[pick % Math.max(1, due.length)]?.id;
    if (stepId === undefined) return false;
    this.claims += 1;
    const { process } = worker;
    const befalls = fault ?? this.awaits;
    const stopped = new Promise<void>((settle) =>
      process.plan(befalls, {
        onStop: settle,
        onFault: () => {
          if (befalls === this.awaits) this.awaits = null;
        },
      }),
    );
    const signal = new AbortController().signal;
    const claim = `worker-${index}/${this.claims}`;
    const ctx = this.ctxOf(process.gate);
    worker.inHand = runStep({ ctx, settings: SETTINGS, stepId, claim, signal })
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!(error instanceof Killed)) this.errors.push(error);
      })
      .finally(() => {
        worker.inHand = null;
      });
    await Promise.race([worker.inHand, stopped]);
    if (!process.isStopped) {
      await worker.inHand;
      // What was killed is started anew.
      worker.process = this.newWorker().process;
    }
    return true;
  }

  /** SIGCONT: what a worker had in hand goes on to its end. */
  async resume(index: number): Promise<void> {
    const worker = this.workers[index % 2];
    if (!worker?.process.isStopped) return;
    worker.process.plan(null);
    worker.process.resume();
    await worker.inHand;
  }

  /** What a person who looks at RDS, or at msdb, says of a call that nobody could tell about. */
  truthOf({ id: stepId, kind, fileId }: StepRow, files: readonly FileRow[]): MigrationAction {
    const key = files.find(({ id }) => id === fileId)?.objectKey ?? "";
    const happened =
      kind === "import"
        ? this.rds.holds(key)
        : kind === "open"
          ? this.rds.databaseStatus() === "Running"
          : this.source.hasTaken(backupSetName(stepId));
    const rdsTaskId = this.rds.taskOf(key);
    return {
      type: "resolve_unknown",
      stepId,
      outcome: happened ? "happened" : "did_not_happen",
      rdsTaskId,
    };
  }

  untilMs(minutes: number): number {
    return this.clock.at.getTime() + minutes * 60_000;
  }

  /** Time passes. A call that had left its process when that was stopped arrives all the same. */
  async pass(ms: number): Promise<void> {
    const until = this.clock.at.getTime() + ms;
    for (const [index, { process }] of this.workers.entries()) {
      const arrives = process.stoppedSinceMs + ON_ITS_WAY_MS;
      if (!process.isStopped || !EFFECTS.has(process.stoppedAt) || arrives > until) continue;
      this.clock.at = new Date(Math.max(this.clock.at.getTime(), arrives));
      await this.resume(index);
    }
    this.clock.at = new Date(Math.max(this.clock.at.getTime(), until));
    this.rds.catchUp();
    this.source.catchUp();
  }

  /** To when something is due next; false: nothing will be. */
  async passToNext(): Promise<boolean> {
    const waking = await this.wakingSteps();
    if (waking.length === 0) return false;
    const next = Math.min(...waking.map(({ dueMs }) => dueMs));
    await this.pass(Math.max(1_000, next - this.clock.at.getTime()));
    return true;
  }

  /** The engine's own look at the target, which comes every few seconds: here between rounds. */
  async watch(): Promise<void> {
    const row = await this.rows();
    if (row.steps.some(isOpenStep)) return;
    const ctx = this.ctxOf(NO_GATE);
    if (!(await watchTarget(ctx, row))?.changed) return;
    await ctx.db.$transaction((tx) => advanceMigration(ctx, tx, this.id));
  }

  /** Both workers do what is due, `rounds` times, and time passes in between. */
  async drive(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const worked = (await this.work(0)) || (await this.work(1));
      if (!worked && !(await this.passToNext())) return;
    }
  }

  /** A person asks; what the product answers with a plain refusal is no fault of it. */
  async act(action: MigrationAction): Promise<boolean> {
    const ctx = this.ctxOf(NO_GATE);
    try {
      await actOnMigration({ ctx, input: { migrationId: this.id, action } });
      return true;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return false;
    }
  }

  /** Somebody else is at the same target while the migration goes on. */
  async beside(what: "start" | "open"): Promise<void> {
    const { status } = await this.rows();
    if (status === "cancelled" || status === "succeeded") return;
    const ctx = this.ctxOf(NO_GATE);
    const task = this.rds.tasks.at(-1);
    if (what === "start") await startBeside(ctx, this.id);
    else if (task) await openBeside(ctx, task);
  }

  /** From here on everything answers as it should; workers that stood still go on, or are gone. */
  async calm(stopped: "resume" | "kill"): Promise<void> {
    this.rds.calm();
    this.source.calm();
    this.oss.calm();
    this.awaits = null;
    for (const index of this.workers.keys()) {
      if (stopped === "resume") await this.resume(index);
      else await this.kill(index);
    }
    await this.pass(60_000);
  }

  private async kill(index: number): Promise<void> {
    const worker = this.workers[index];
    if (!worker) return;
    worker.process.kill();
    await worker.inHand;
    this.workers[index] = this.newWorker();
  }

  async close(): Promise<void> {
    for (const index of this.workers.keys()) await this.kill(index);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
