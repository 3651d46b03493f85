import type { StepCheckpoint, StepDefinition } from "@/lib/migration/step-definition";
import type { MigrationRow } from "@/lib/store/typed-rows";
import type { EngineSettings, StepCtx } from "./step-run";

/**
 * `as_it_was`: nothing need be done until the next look. `look_due`: the same, but it has been taken for that for long enough, and one look at the
 * step itself is due, now or a little later. `differs`: the step is to be run.
 */
export type GlanceAnswer = "as_it_was" | "look_due" | "differs";

/**
 * What is known of a step that waits for something outside before its migration is read: enough to see that nothing has changed. A kind has a
 * `glance.ts` where that is cheaper for many steps at a time than running each; it changes nothing.
 */
export interface Glance<D extends StepDefinition = StepDefinition> {
  ctx: Pick<StepCtx, "now" | "clients">;
  settings: Pick<EngineSettings, "baseMs">;
  checkpoint: StepCheckpoint<D> | null;
  /** How long the step is under way. */
  ageMs: number;
  migration: Pick<MigrationRow, "cloudConnectionId" | "instanceId" | "rdsTaskId">;
}
