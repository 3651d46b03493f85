import { isDeepStrictEqual } from "node:util";
import type { Ctx, Tx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { type InSpan, noSpans } from "@/lib/diagnosis/in-span";
import { isStoreAway } from "@/lib/diagnosis/is-store-away";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { roundOfKey } from "@/lib/migration/step-key";
import { RELEASE_WHYS, type ReleaseWhy } from "@/lib/migration/vocabulary/custody";
import { eventsOfResult, type NewEvent } from "@/lib/migration/vocabulary/events";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import { ClaimLostError } from "@/lib/steps/claim-lost";
import { retryOutcome } from "@/lib/steps/retry-outcome";
import type { EngineSettings, Outcome } from "@/lib/steps/step-run";
import { TELLS_NOTHING, waitForAnswer } from "@/lib/steps/wait-for-answer";
import { appendEvents } from "@/lib/store/append-events";
import { claimStep, heartbeatStep } from "@/lib/store/claim-step";
import { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration, type MigrationRows } from "@/lib/store/migration-rows";
import { noteUnknownMessage } from "@/lib/store/note-unknown-message";
import { readStep, type StepRow } from "@/lib/store/typed-rows";
import { endedOutcome, endingReleases } from "./ended-by-release";
import { runKind } from "./run-kind";

const HEARTBEAT_MS = 1_000;
/** Less than after how long without a heartbeat others may take a step. */
const LEASE_MS = 15_000;
/** So many workers in a row are lost with a step before it is taken for what ends them. */
const MOST_RECLAIMS = 10;

/**
 * Claims one step, does one bounded piece of it and settles it. Quiet when another worker has it. Returns the steps that were
 * added because of it: in a cutover nothing is to wait for the next sweep.
 */
export async function runStep(input: {
  ctx: Ctx;
  settings: EngineSettings;
  stepId: string;
  claim: string;
  /** The process is to end: what can go on elsewhere is given back. */
  signal: AbortSignal;
  /** It ends. Unless said: at once. */
  cutOff?: AbortSignal;
  onLeaseLost?: (() => void) | undefined;
  inSpan?: InSpan | undefined;
}): Promise<StepRow[]> {
  const { ctx, settings, claim, inSpan = noSpans } = input;
  const step = await claimStep(ctx.db, { stepId: input.stepId, claim, now: ctx.now() });
  if (!step) return [];
  const migration = await loadMigration(ctx.db, step.migrationId);
  if (!migration) return [];
  const begun = await beginStep(ctx, step, claim);
  if (!begun) return [];
  const gauge = startGauge({ ctx, stepId: step.id, claim });
  const lost = AbortSignal.any([input.signal, gauge.lost]);
  const cutOff = AbortSignal.any([input.cutOff ?? input.signal, gauge.lost]);
  const file = migration.files.find((candidate) => candidate.id === step.fileId) ?? null;
  const held = heldBy(step.id, claim, endingReleases(migration, step.id));
  let outcome: Outcome;
  try {
    outcome =
      (await endedOutcome(ctx, migration, begun)) ??
      poisonedOutcome(begun) ??
      (await runKind(inSpan, begun, {
        ctx,
        unfenced: ctx,
        settings,
        step: begun,
        migration,
        file,
        signal: lost,
        cutOff,
        reportProgress: gauge.report,
        commit: (write, events) => commitUnderClaim({ ctx, step: begun, claim, held, write, events }),
        holdsClaim: async () => (await ctx.db.migrationStep.count({ where: held })) === 1,
        saveCheckpoint: async (checkpoint) => {
          const data = { checkpoint, reclaims: 0 };
          const kept = await ctx.db.migrationStep.updateMany({ where: held, data });
          if (kept.count !== 1) throw new ClaimLostError(step.id);
        },
      }));
  } catch (error) {
    // Without the store it is as if the worker had been killed: it goes on when there is one again, and no step has failed.
    const isAway = isStoreAway(error);
    if (isAway) ctx.log.warn({ stepId: step.id, kind: step.kind }, "the store did not answer");
    if (lost.aborted || isAway || error instanceof ClaimLostError) {
      if (gauge.lost.aborted) input.onLeaseLost?.();
      await gauge.stop();
      await releaseClaim(ctx, step.id, claim);
      return [];
    }
    outcome = outcomeOfError(error, begun, settings, ctx);
  }
  await gauge.stop();
  const next = await settle({ ctx, step: begun, migration, claim, outcome });
  ctx.wake();
  return next;
}

/** A step that workers do not outlive is not handed to one after another for ever: a person looks. Null: it is run. */
function poisonedOutcome({ reclaims }: StepRow): Outcome | null {
  if (reclaims < MOST_RECLAIMS) return null;
  return { type: "failed", failure: ruleFailure("step_lost_workers", { times: reclaims }) };
}

/** Leaves the step to the next worker (or to this process's next start). */
async function releaseClaim(ctx: Ctx, stepId: string, claim: string): Promise<void> {
  await ctx.db.migrationStep
    .updateMany({ where: { id: stepId, claimedBy: claim }, data: { claimedBy: null, heartbeatAt: null } })
    .catch(() => undefined);
}

/** Null: somebody took the step back since it was claimed. */
async function beginStep(ctx: Ctx, step: StepRow, claim: string): Promise<StepRow | null> {
  const fresh = step.status === "queued" || step.status === "retrying";
  if (!fresh) return step;
  const now = ctx.now();
  const first = step.startedAt === null;
  return ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, step.migrationId);
    const begun = await tx.migrationStep.updateMany({
      where: { id: step.id, claimedBy: claim, status: step.status },
      data: {
        status: "running",
        attempt: { increment: 1 },
        startedAt: step.startedAt ?? now,
        error: Prisma.DbNull,
      },
    });
    if (begun.count !== 1) return null;
    const row = await tx.migrationStep.findUniqueOrThrow({ where: { id: step.id } });
    const started: NewEvent = {
      type: "step_started",
      payload: { kind: step.kind, round: roundOfKey(step.key) },
    };
    await appendEvents(tx, {
      migrationId: step.migrationId,
      actor: ctx.actor.id,
      at: now,
      events: first ? [started] : [],
    });
    return readStep(row);
  });
}

/** The step while a worker may act on it: it has the claim, and nobody has asked for what ends the step. */
function heldBy(
  stepId: string,
  claim: string,
  endedBy: readonly ReleaseWhy[],
): Prisma.MigrationStepWhereInput {
  const harmless = RELEASE_WHYS.filter((why) => !endedBy.includes(why));
  return {
    id: stepId,
    claimedBy: claim,
    migration: {
      status: { not: "cancelled" },
      OR: [
        { release: { equals: Prisma.DbNull } },
        ...harmless.map((why) => ({ release: { path: ["why"], equals: why } })),
      ],
    },
  };
}

async function commitUnderClaim<T>(input: {
  ctx: Ctx;
  step: StepRow;
  claim: string;
  held: Prisma.MigrationStepWhereInput;
  write: (tx: Tx) => Promise<T>;
  events: NewEvent[];
}): Promise<T> {
  const { ctx, step, claim, held, write, events } = input;
  return ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, step.migrationId);
    // An update, not a look: it holds the row until the transaction ends.
    const kept = await tx.migrationStep.updateMany({
      where: held,
      data: { claimedBy: claim },
    });
    if (kept.count !== 1) throw new ClaimLostError(step.id);
    const written = await write(tx);
    await appendEvents(tx, { migrationId: step.migrationId, actor: ctx.actor.id, at: ctx.now(), events });
    return written;
  });
}

function outcomeOfError(error: unknown, step: StepRow, settings: EngineSettings, ctx: Ctx): Outcome {
  if (isExternalError(error)) {
    const at = { now: ctx.now(), baseMs: settings.baseMs };
    const outcome = retryOutcome(step, error, at);
    const waitsOutside = DEFINITIONS[step.kind].limitMs !== undefined;
    return outcome.type === "failed" && waitsOutside && TELLS_NOTHING.has(error.fields.kind)
      ? waitForAnswer(step, outcome.failure, at)
      : outcome;
  }
  ctx.log.error({ err: error, stepId: step.id, kind: step.kind }, "step failed");
  return { type: "failed", failure: failureOf(error) };
}

async function settle(input: {
  ctx: Ctx;
  step: StepRow;
  migration: MigrationRows;
  claim: string;
  outcome: Outcome;
}): Promise<StepRow[]> {
  const { ctx, step, claim, outcome } = input;
  const now = ctx.now();
  const { data, events } = settlementOf(step, outcome, now);
  const isTold = changesStanding(step, outcome, events);
  const settled = {
    where: { id: step.id, claimedBy: claim, status: { notIn: ["cancelled", "skipped"] } },
    data: { ...data, claimedBy: null, heartbeatAt: null, reclaims: 0 },
  };
  if (!isTold && outcome.write === undefined) {
    // Of a step that goes on waiting nothing else is written: most that is settled is that.
    await ctx.db.migrationStep.updateMany(settled);
    return [];
  }
  return ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, step.migrationId);
    const kept = await tx.migrationStep.updateMany(settled);
    // Somebody cancelled it meanwhile, or took the claim: their decision stands.
    if (kept.count !== 1) return [];
    await outcome.write?.(tx);
    if (!isTold) return [];
    await noteFailure(tx, step, outcome, now);
    await appendEvents(tx, { migrationId: step.migrationId, actor: ctx.actor.id, at: now, events });
    return advanceMigration(ctx, tx, step.migrationId);
  });
}

/** Keeps what somebody else's service said and no text explains. */
async function noteFailure(tx: Tx, step: StepRow, outcome: Outcome, at: Date): Promise<void> {
  const failure = outcome.type === "done" ? null : outcome.failure;
  if (!failure?.providerMessage) return;
  await noteUnknownMessage(tx, {
    text: failure.providerMessage,
    system: failure.system,
    code: failure.providerCode,
    requestId: failure.providerRequestId,
    place: step.migrationId,
    at,
  });
}

/** A poll that was answered as before changes nothing that anybody sees. */
function changesStanding(step: StepRow, outcome: Outcome, events: readonly NewEvent[]): boolean {
  if (outcome.type !== "wait" || outcome.status !== step.status || events.length > 0) return true;
  const { failure } = outcome;
  const before = step.error;
  // Its words and values are told too.
  const told = ["reason", "providerCode", "providerMessage"] as const;
  return (
    told.some((one) => (failure?.[one] ?? null) !== (before?.[one] ?? null)) ||
    !isDeepStrictEqual(failure?.params ?? null, before?.params ?? null)
  );
}

function settlementOf(
  step: StepRow,
  outcome: Outcome,
  now: Date,
): { data: Prisma.MigrationStepUpdateManyMutationInput; events: NewEvent[] } {
  const own = outcome.events ?? [];
  const round = roundOfKey(step.key);
  switch (outcome.type) {
    case "done": {
      const seconds = Math.round((now.getTime() - (step.startedAt ?? now).getTime()) / 100) / 10;
      return {
        data: {
          status: outcome.skipped ? "skipped" : "succeeded",
          finishedAt: now,
          dueAt: null,
          error: Prisma.DbNull,
          result: outcome.result ?? {},
        },
        events: [
          ...own,
          ...(outcome.skipped
            ? []
            : [
                ...eventsOfResult(step.kind, outcome.result),
                { type: "step_succeeded" as const, payload: { kind: step.kind, round, seconds } },
              ]),
        ],
      };
    }
    case "refused":
      return {
        data: {
          status: "refused",
          finishedAt: now,
          dueAt: null,
          error: { ...outcome.failure },
          result: outcome.result ?? {},
        },
        events: own,
      };
    case "wait":
      return {
        data: {
          status: outcome.status,
          dueAt: new Date(now.getTime() + outcome.afterMs),
          error: outcome.failure ? { ...outcome.failure } : Prisma.DbNull,
          // Failures count in a row: those of a poll that has been answered since do not add up over days.
          ...(outcome.status === "retrying"
            ? outcome.attempt === undefined
              ? {}
              : { attempt: outcome.attempt }
            : { attempt: 0 }),
          ...(outcome.checkpoint ? { checkpoint: outcome.checkpoint } : {}),
        },
        events: own,
      };
    case "failed":
      return {
        data: {
          status: "failed",
          finishedAt: now,
          dueAt: null,
          error: { ...outcome.failure },
          ...(outcome.result ? { result: outcome.result } : {}),
        },
        events: [
          ...own,
          {
            type: "step_failed",
            payload: { ...outcome.failure.params, kind: step.kind, round, reason: outcome.failure.reason },
          },
        ],
      };
    case "unknown":
      return {
        data: { status: "unknown", dueAt: null, error: { ...outcome.failure } },
        events: [...own, { type: "step_unknown", payload: { kind: step.kind } }],
      };
  }
}

/** Heartbeat and gauge in one write a second; `lost` fires when another worker took the step. */
function startGauge(input: { ctx: Ctx; stepId: string; claim: string }) {
  const lost = new AbortController();
  let latest: Prisma.InputJsonObject | null = null;
  let beating: Promise<void> | null = null;
  let heardAt = performance.now();
  const beat = async (): Promise<void> => {
    const progress = latest;
    latest = null;
    const kept = await heartbeatStep(input.ctx.db, {
      stepId: input.stepId,
      claim: input.claim,
      progress,
    }).catch(() => null);
    if (kept) heardAt = performance.now();
    if (kept === false) lost.abort();
  };
  const timer = setInterval(() => {
    // A store that cannot be reached may have given the step to somebody else by now.
    if (performance.now() - heardAt > LEASE_MS) lost.abort();
    beating ??= beat().finally(() => {
      beating = null;
    });
  }, HEARTBEAT_MS);
  return {
    lost: lost.signal,
    report: (progress: Prisma.InputJsonObject) => {
      latest = progress;
    },
    stop: async () => {
      clearInterval(timer);
      await beating;
      if (latest) await beat();
    },
  };
}
