import { MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/preflight/run-probes";
import { storeProbes } from "@/lib/preflight/store-probes";
import type { Outcome as AnyOutcome, StepRun } from "../step-run";
import type { preflight } from "./definition";

type Run = StepRun<typeof preflight>;
type Outcome = AnyOutcome<typeof preflight>;

import { judgeProbes } from "./judge-probes";

/** Asks again, at the last moment, what the wizard asked: nothing has been created yet. */
export async function runPreflight(run: Run): Promise<Outcome> {
  const { unfenced: ctx, migration } = run;
  const draft = MigrationDraft.parse(migration.draft);
  const migrationId = migration.id;
  const views = await probeDraft({ ctx, draft, migrationId, steps: PROBE_STEPS });
  const probes = await storeProbes({ ctx, migrationId, views, asked: PROBE_STEPS });
  const passed = probes.filter((probe) => probe.verdict !== "block").length;
  const result = { passed, asked: probes.length };
  const outcome = judgeProbes(run, probes);
  if (outcome === null) return { type: "done", result };
  return outcome.type === "failed" ? { ...outcome, result } : outcome;
}
