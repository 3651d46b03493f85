import { AppError } from "@/lib/diagnosis/app-error";
import { custodyStanding } from "@/lib/migration/release-rules";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { concludeRelease } from "@/lib/steps/release-source/conclude-release";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";

/**
 * A person says that the server of a closed source is gone for good: nobody asks it any more, and what was asked for (the way
 * back, a cancellation) ends without its word. The record says whose word it was. Only while the server could not be asked or
 * did not do as it was told, or where an earlier version left the source behind; throws `conflict`/`source_not_stuck` else, and
 * `validation` for another name than the database's.
 */
export async function giveUpSource({ ctx, tx, row }: ActionContext, confirmName: string): Promise<void> {
  const standing = custodyStanding(snapshotOf(row), row.onlineAt !== null);
  if (standing !== "stuck" && standing !== "left") throw new AppError("conflict", "source_not_stuck");
  const database = row.sourceDatabase ?? "";
  if (confirmName !== database) {
    throw new AppError("validation", "name_does_not_match", { expected: database }, [
      { path: "confirmName", reason: "field_invalid" },
    ]);
  }
  const now = ctx.now();
  // A worker that is at it finds its claim gone, and nothing to commit to.
  await tx.migrationStep.updateMany({
    where: { migrationId: row.id, kind: "release_source", status: { notIn: ["succeeded", "cancelled"] } },
    data: { status: "cancelled", finishedAt: now, claimedBy: null },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "source_given_up", payload: { database } }],
  });
  await tx.migration.update({ where: { id: row.id }, data: { custody: Prisma.DbNull } });
  await concludeRelease(tx, { migrationId: row.id, now });
}
