import type { Scenario } from "@/sandbox/scenario/scenario";
import type { DatabaseProfile } from "./database-profiles";
import type { DatabaseState, RecoveryModelName, ServerState } from "./server-state";

/** What of the server a scenario may touch. */
interface Stage {
  readonly state: ServerState;
  profile(database: DatabaseState): DatabaseProfile;
  setRecovery(database: DatabaseState, next: RecoveryModelName): void;
  change(database: DatabaseState, apply: () => void): void;
}

/** Puts what a scenario says about the source databases into their state when it begins, and takes it back at its end. */
export function playScenario(model: Stage, current: Scenario, before: Scenario): void {
  for (const database of model.state.databases) {
    if (database.state !== "ONLINE") continue;
    const { recoveryModel } = model.profile(database);
    if (current.isSourceSimple !== before.isSourceSimple) {
      model.setRecovery(database, current.isSourceSimple ? "SIMPLE" : recoveryModel);
    }
    if (current.isSourceEncrypted !== before.isSourceEncrypted) {
      model.change(database, () => {
        database.isEncrypted = current.isSourceEncrypted;
      });
    }
    if (current.isSourceCaptured !== before.isSourceCaptured) {
      model.change(database, () => {
        database.isCaptured = current.isSourceCaptured;
      });
    }
  }
}
