import { MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/preflight/run-probes";
import { storeProbes } from "@/lib/preflight/store-probes";
import type { Outcome, StepRun } from "../step-run";
import { judgeProbes } from "./judge-probes";

/** Asks again, at the last moment, what the wizard asked: nothing has been created yet. */
export async function runPreflight(run: StepRun): Promise<Outcome> {
  const { ctx, migration } = run;
  const draft = MigrationDraft.parse(migration.draft);
  const migrationId = migration.id;
  const views = await probeDraft({ ctx, draft, migrationId, steps: PROBE_STEPS });
  const probes = await storeProbes({ ctx, migrationId, views, asked: PROBE_STEPS });
  const passed = probes.filter((probe) => probe.verdict !== "block").length;
  const result = JSON.parse(JSON.stringify({ probes, passed, asked: probes.length }));
  const outcome = judgeProbes(run, probes);
  if (outcome === null) return { type: "done", result };
  return outcome.type === "failed" ? { ...outcome, result } : outcome;
}
