import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { type Outcome as AnyOutcome, required, type StepRun, stepAgeMs } from "../step-run";
import { askHook } from "./ask-hook";
import type { callHook } from "./definition";

type Run = StepRun<typeof callHook>;
type Outcome = AnyOutcome<typeof callHook>;

/** Between two calls, in bases, growing to the last. */
const WAIT_BASES = [1, 2, 4, 8];

/**
 * Asks the hook whether a phase of the cutover may begin. That a call is begun is committed before it, so that one whose answer
 * was lost with this process is told and not hidden; every call of one gate has the same id. Another answer than 2xx is waited
 * for as long as was set, or not at all; then the cutover is taken back, whatever the hook says later.
 */
export async function runCallHook(run: Run): Promise<Outcome> {
  const { ctx, migration, settings, input } = run;
  const { hook } = migration;
  const before = run.checkpoint ?? { calls: 0, heard: 0 };
  if (hook === null) return { type: "done", result: { status: null, calls: before.calls } };
  const attempt = before.calls + 1;
  await run.saveCheckpoint({ ...before, calls: attempt });
  const cutover = required(migration.cutover, "cutover");
  const id = `${migration.id}.${Date.parse(cutover.requestedAt)}.${input.gate}`;
  const { ok, status, said } = await askHook(ctx, migration, { hook, id, moment: input.gate, attempt });
  const call = { moment: input.gate, host: hook.host, attempt };
  const events: NewEvent[] = [
    ...(before.calls > before.heard
      ? [{ type: "hook_unheard" as const, payload: { ...call, attempt: before.calls } }]
      : []),
    { type: "hook_called", payload: { ...call, status, said } },
  ];
  const checkpoint = { calls: attempt, heard: attempt };
  if (ok) return { type: "done", result: { status, calls: attempt }, events };
  const params = { host: hook.host, status: status ?? "–", moment: input.gate };
  const isOver = stepAgeMs(run) >= hook.waitMinutes * 60_000;
  if (hook.otherwise === "wait" && !isOver) {
    const bases = WAIT_BASES[Math.min(attempt, WAIT_BASES.length) - 1] ?? 1;
    const failure = { ...ruleFailure("hook_waits", params), providerMessage: said || null };
    return {
      ...{ type: "wait", status: "waiting_external", afterMs: bases * settings.baseMs },
      ...{ failure, events, checkpoint },
    };
  }
  return {
    type: "failed",
    failure: { ...ruleFailure("hook_refused", params), providerMessage: said || null },
    events: [...events, { type: "release_requested", payload: { why: "hook" } }],
    write: async (tx) => {
      // A person who asked for it meanwhile is not overruled.
      if (migration.release !== null) return;
      const at = ctx.now().toISOString();
      await tx.migration.update({
        where: { id: migration.id },
        data: { release: { why: "hook", by: ctx.actor.name, at } },
      });
    },
  };
}
