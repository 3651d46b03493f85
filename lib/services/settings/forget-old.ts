import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UNENDED_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { Prisma } from "@/lib/store/generated/client";
import { readProductSettings } from "./product-settings";

const DAY_MS = 86_400_000;

/** How many rows of each went. */
export interface Forgotten {
  records: number;
  progress: number;
  deliveries: number;
}

/**
 * Removes what the settings say is to be kept no longer. Never a migration, an event, a file, a call that must not happen twice or an
 * entry of the audit; and no task of ours.
 */
export async function forgetOld({ ctx }: { ctx: Ctx }): Promise<Forgotten> {
  requireRole(ctx.actor, "operator");
  const { retention } = await readProductSettings(ctx.db);
  const { recordDays, progressDays, deliveryDays } = retention;
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS);
  const forgotten = {
    records: recordDays === null ? 0 : await forgetRecords(ctx, before(recordDays)),
    progress: progressDays === null ? 0 : await forgetProgress(ctx, before(progressDays)),
    deliveries: deliveryDays === null ? 0 : await forgetDeliveries(ctx, before(deliveryDays)),
  };
  if (Object.values(forgotten).some((rows) => rows > 0)) ctx.log.info(forgotten, "forgotten, as set");
  return forgotten;
}

async function forgetRecords({ db }: Ctx, before: Date): Promise<number> {
  const tasks = await db.importTask.deleteMany({
    where: { migrationId: null, status: { notIn: UNENDED_TASK_STATUSES }, lastSeenAt: { lt: before } },
  });
  const messages = await db.unknownMessage.deleteMany({ where: { lastSeenAt: { lt: before } } });
  return tasks.count + messages.count;
}

async function forgetProgress({ db }: Ctx, before: Date): Promise<number> {
  const steps = {
    finishedAt: { not: null },
    migration: { status: { in: ["succeeded", "cancelled"] }, finishedAt: { lt: before } },
  };
  const gauges = await db.migrationStep.updateMany({
    where: { ...steps, progress: { not: Prisma.DbNull } },
    data: { progress: Prisma.DbNull },
  });
  const parts = await db.migrationStep.updateMany({
    where: { ...steps, kind: "upload", checkpoint: { not: Prisma.DbNull } },
    data: { checkpoint: Prisma.DbNull },
  });
  return gauges.count + parts.count;
}

async function forgetDeliveries({ db }: Ctx, before: Date): Promise<number> {
  const notices = await db.notice.deleteMany({
    where: { state: { in: ["sent", "given_up"] }, at: { lt: before } },
  });
  const calls = await db.hookCall.deleteMany({
    where: { state: { in: ["taken", "given_up"] }, at: { lt: before } },
  });
  return notices.count + calls.count;
}
