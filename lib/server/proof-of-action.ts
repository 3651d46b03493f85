import type { MigrationAction } from "@/lib/contracts/migration";
import type { WaveAction } from "@/lib/contracts/wave";
import type { ProofNeed } from "@/lib/services/people/require-proof";

/** Of each action whether it stops or frees writes on a source, opens a database, gives a source up, or says who is asked. A new one has to say. */
const ASKS: Readonly<Record<MigrationAction["type"], boolean>> = {
  cutover: true,
  release_hold: true,
  approve_cutover: true,
  go_back: true,
  give_up_source: true,
  // What a person had to say to begin it is not undone by waiting longer.
  disarm: false,
  take_backup: false,
  scan_now: false,
  set_schedule: false,
  // Whoever names an address there is asked before writes stop, and can say no.
  set_hook: true,
  set_checklist: false,
  tick: false,
  retry_step: false,
  resolve_unknown: false,
  skip_file: false,
  state_file: false,
  dismiss_alarm: false,
  confirm_timeline: false,
  control_uploads: false,
  new_chain: false,
  cancel: false,
};

/** Whether who asks for an action has to show again who they are. */
export function proofOfAction({ type }: MigrationAction): ProofNeed | null {
  return ASKS[type] ? "beyond_sandbox" : null;
}

/** The same of what is done to many migrations at once. */
const WAVE_ASKS: Readonly<Record<WaveAction["type"], boolean>> = {
  arm: true,
  approve: true,
  go: true,
  // Arms again.
  try_again: true,
  start: false,
  pause: false,
  go_on: false,
  set_rules: false,
  disarm: false,
  set_places: false,
  leave_out: false,
  take_log: false,
};

export function proofOfWaveAction({ type }: WaveAction): ProofNeed | null {
  return WAVE_ASKS[type] ? "beyond_sandbox" : null;
}
