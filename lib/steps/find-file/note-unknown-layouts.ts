import { noteUnknownMessage } from "@/lib/store/note-unknown-message";
import type { StepRun } from "../step-run";
import type { Candidate } from "./list-candidates";

/** Keeps which layouts of backups came that cannot be read here, for who can tell of them. Throws ClaimLostError. */
export async function noteUnknownLayouts(run: StepRun, candidates: readonly Candidate[]): Promise<void> {
  const errors = candidates.flatMap(({ reading }) =>
    !reading.ok && reading.error.code === "unsupported_container" ? [reading.error] : [],
  );
  if (errors.length === 0) return;
  const { ctx, migration } = run;
  const said = { system: "backup_header", requestId: null, place: migration.id, at: ctx.now() };
  await run.commit(async (tx) => {
    for (const { code, message } of errors) await noteUnknownMessage(tx, { ...said, code, text: message });
  }, []);
}
