import { statesBefore } from "@/lib/migration/file-transition";
import type { Prisma } from "./generated/client";

/**
 * No file of the migration is its last one any more. A last log WITH NORECOVERY that RDS has not got is left out; whatever
 * else is there goes on as any file does.
 */
export async function forgetFinalFiles(
  tx: Pick<Prisma.TransactionClient, "backupFile">,
  migrationId: string,
): Promise<void> {
  await tx.backupFile.updateMany({
    where: { migrationId, tail: true, final: true, state: { in: statesBefore("skipped") } },
    data: { state: "skipped" },
  });
  await tx.backupFile.updateMany({ where: { migrationId, final: true }, data: { final: false } });
}
