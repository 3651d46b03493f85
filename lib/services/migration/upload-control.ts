import type { Ctx } from "@/lib/context/context";
import type { UploadControl } from "@/lib/contracts/migration";
import { peekStepData } from "@/lib/migration/step-definition";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { abortUploadOf } from "@/lib/steps/upload/abort-upload";
import { upload } from "@/lib/steps/upload/definition";
import { appendEvents } from "@/lib/store/append-events";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { ActionContext } from "./action-context";
import { assertOpen } from "./assert-open";

/** Pauses, resumes or limits the uploads of a migration, running ones too: they look once a second. */
export async function controlUploads(on: ActionContext, control: UploadControl): Promise<void> {
  const { ctx, tx, row } = on;
  assertOpen(on, "control_uploads");
  const lanes = row.uploadControl?.lanes;
  await tx.migration.update({
    where: { id: row.id },
    // How many lanes is set where it starts: whoever pauses says nothing of it.
    data: { uploadControl: lanes === undefined ? control : { lanes, ...control } },
  });
  // A paused upload looks seldom; one that waits after a failure may try at once.
  if (!control.paused) {
    await tx.migrationStep.updateMany({
      where: {
        migrationId: row.id,
        kind: "upload",
        status: { in: ["running", "retrying"] },
        claimedBy: null,
      },
      data: { dueAt: null },
    });
  }
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: eventsOf(row.uploadControl ?? UNCONTROLLED, control),
  });
}

const UNCONTROLLED: UploadControl = { paused: false, bytesPerSecond: null };

function eventsOf(before: UploadControl, now: UploadControl): NewEvent[] {
  const events: NewEvent[] = [];
  if (before.paused !== now.paused) {
    events.push({ type: now.paused ? "upload_paused" : "upload_resumed", payload: {} });
  }
  if (before.bytesPerSecond !== now.bytesPerSecond) {
    events.push(
      now.bytesPerSecond === null
        ? { type: "upload_unlimited", payload: {} }
        : { type: "upload_limited", payload: { limitBytes: now.bytesPerSecond } },
    );
  }
  return events;
}

/** After a cancellation: uploads that nobody will go on with. One that is running ends by itself and looks again. */
export async function abortCancelledUploads(ctx: Ctx, row: MigrationRows): Promise<void> {
  for (const step of row.steps) {
    const unfinished = step.kind === "upload" && step.status !== "succeeded";
    const file = row.files.find((candidate) => candidate.id === step.fileId);
    if (unfinished && file) {
      await abortUploadOf(ctx, row, file, peekStepData(upload, step).checkpoint?.uploadId);
    }
  }
}
