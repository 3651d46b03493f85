import { MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/services/draft/run-probes";
import { storeProbes } from "@/lib/services/preflight/store-probes";
import { type Outcome, ruleFailure, type StepRun } from "../step-run";

/** Asks again, at the last moment, what the wizard asked: nothing has been created yet. */
export async function runPreflight(run: StepRun): Promise<Outcome> {
  const { ctx, migration } = run;
  const draft = MigrationDraft.parse(migration.draft);
  const migrationId = migration.id;
  const views = await probeDraft({ ctx, draft, migrationId, steps: PROBE_STEPS });
  const probes = await storeProbes({ ctx, migrationId, views, asked: PROBE_STEPS });
  const blocked = probes.filter((probe) => probe.verdict === "block");
  const result = JSON.parse(
    JSON.stringify({ probes, passed: probes.length - blocked.length, asked: probes.length }),
  );
  const first = blocked[0];
  if (first) {
    return {
      type: "failed",
      failure: ruleFailure("preflight_blocked", { probe: first.id, count: blocked.length }),
      result,
    };
  }
  return { type: "done", result };
}
