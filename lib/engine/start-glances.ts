import type { Ctx } from "@/lib/context/context";
import { withDeadline } from "@/lib/context/deadline";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
import { pollDelay } from "@/lib/migration/retry-policy";
import { peekStepData } from "@/lib/migration/step-definition";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import type { GlanceAnswer } from "@/lib/steps/step-glance";
import { ageMsOf, type EngineSettings } from "@/lib/steps/step-run";
import { type Glanced, type GlancedStep, listGlanced, moveDue } from "@/lib/store/glanced-steps";
import { GLANCES } from "./generated/glances";
import type { Turns } from "./one-of-many";
import { startWatch, type Watch } from "./start-watch";
import type { OfferedStep } from "./step-queue";

/** Of the engine's base, between two looks at what is due. */
const EVERY_SHARE = 1 / 6;
/** Where the base is so short that a step is soon looked at anyway, as in a hurried sandbox, glances would cost more than they spare. */
const LEAST_MS = 500;
/** More than are due between two looks, but for a start. */
const LISTED = 2_000;
/** Of steps that are as they were so many are run in one look, because their time for that has come: after an outage it has for all at once. */
const LOOKED_AT = 12;
/** Who stops waits so long for answers that are under way, and for none that comes later: another process asks again. */
const STOP_MS = 1_000;

const KINDS = Object.keys(GLANCES);

/** Due steps that sweeps leave to glances, for one base: whatever holds a glance up, they are run then as all others are, unless one comes first. */
export function glancedBy({ baseMs }: Pick<EngineSettings, "baseMs">): Glanced {
  return { kinds: KINDS, forMs: baseMs };
}

/**
 * Looks at steps that wait for something outside, many at a time, before any is run: all of an instance when one of them is due. One that is as
 * it was is put off, the others are offered. A thousand restores are so followed in a few statements a second and one list an instance, now and
 * then; to run each would read each migration whole, and write it, to learn nothing. Of several processes one glances.
 */
export function startGlances(input: {
  ctx: Ctx;
  settings: Pick<EngineSettings, "baseMs">;
  turns: Pick<Turns, "alone">;
  offer: (due: readonly OfferedStep[]) => Promise<void>;
}): Watch {
  const { ctx, settings, turns, offer } = input;
  const onError = (error: unknown) => ctx.log.error({ err: error }, "glances");
  const everyMs = Math.max(LEAST_MS, settings.baseMs * EVERY_SHARE);
  /** An instance that does not answer holds up no other. */
  const underWay = new Map<string, Promise<void>>();
  let left = LOOKED_AT;
  let hasEnded = false;
  const glanceAt = async (steps: readonly GlancedStep[]): Promise<void> => {
    const looks = await Promise.all(
      steps.map(async (step) => ({ step, answer: await answerOf(ctx, settings, step) })),
    );
    if (hasEnded) return;
    const now = ctx.now();
    const moved: { id: string; dueAt: Date; nextAt: Date }[] = [];
    const run: OfferedStep[] = [];
    for (const { step, answer } of looks) {
      const { id, kind, dueAt } = step;
      const isRun = answer === "differs" || (answer === "look_due" && left > 0);
      if (answer === "look_due") left -= 1;
      const afterMs = pollDelay(ageMsOf(step, now), settings.baseMs);
      const nextAt = isRun ? now : new Date(now.getTime() + afterMs);
      const isDue = dueAt.getTime() <= now.getTime();
      if (isRun) run.push({ id, kind, dueAt: isDue ? dueAt : nextAt });
      if (!isRun || !isDue) moved.push({ id, dueAt, nextAt });
    }
    await moveDue(ctx.db, moved);
    if (run.length > 0) await offer(run);
  };
  const look = async (): Promise<void> => {
    left = LOOKED_AT;
    const due = await listGlanced(ctx.db, { kinds: KINDS, now: ctx.now(), limit: LISTED });
    for (const [place, steps] of byPlace(due)) {
      if (underWay.has(place)) continue;
      const glancing = glanceAt(steps)
        .catch((error: unknown) => {
          if (!hasEnded) onError(error);
        })
        .finally(() => underWay.delete(place));
      underWay.set(place, glancing);
    }
  };
  const watch = startWatch(turns.alone("glances", everyMs, look), everyMs, onError);
  return {
    stop: async () => {
      await watch.stop();
      await withDeadline(Promise.all(underWay.values()), STOP_MS).catch(() => undefined);
      hasEnded = true;
    },
  };
}

/** Where it can't be seen the step itself says what is the matter. */
async function answerOf(
  ctx: Ctx,
  settings: Pick<EngineSettings, "baseMs">,
  step: GlancedStep,
): Promise<GlanceAnswer> {
  const kind = STEP_KINDS.find((known) => known === step.kind);
  if (kind === undefined) return "differs";
  try {
    return await glance(kind, ctx, settings, step);
  } catch (error) {
    if (isExternalError(error)) return "differs";
    throw error;
  }
}

async function glance<K extends StepKind>(
  kind: K,
  ctx: Ctx,
  settings: Pick<EngineSettings, "baseMs">,
  step: GlancedStep,
): Promise<GlanceAnswer> {
  const columns = { input: null, checkpoint: step.checkpoint, result: null };
  const { checkpoint } = peekStepData<(typeof DEFINITIONS)[K]>(DEFINITIONS[kind], columns);
  const ageMs = ageMsOf(step, ctx.now());
  const answer = await GLANCES[kind]?.({ ctx, settings, checkpoint, ageMs, migration: step });
  return answer ?? "differs";
}

/** Steps that are looked at by the same answers. */
function byPlace(steps: readonly GlancedStep[]): Map<string, GlancedStep[]> {
  const places = new Map<string, GlancedStep[]>();
  for (const step of steps) {
    const place = `${step.cloudConnectionId} ${step.instanceId}`;
    const there = places.get(place);
    if (there === undefined) places.set(place, [step]);
    else there.push(step);
  }
  return places;
}
