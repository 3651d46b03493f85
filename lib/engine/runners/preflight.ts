import { MigrationDraft } from "@/lib/contracts/migration";
import { probeDraft } from "@/lib/services/draft/run-probes";
import { type Outcome, ruleFailure, type StepRun } from "../step-run";

/** Asks again, at the last moment, what the wizard asked: nothing has been created yet. */
export async function runPreflight(run: StepRun): Promise<Outcome> {
  const { ctx, migration } = run;
  const draft = MigrationDraft.parse(migration.draft);
  const probes = await probeDraft({ ctx, draft, steps: ["source", "backup", "import"] });
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
