import type { Tx } from "@/lib/context/context";

const AT_RDS: ReadonlySet<string> = new Set(["importing", "imported"]);

/**
 * The source was recovered after its last log, which opened a recovery fork. What the target holds was taken before that, so it
 * lies on the history of the new fork, too: that is what it is said to be on from now on. A differential, the only thing that
 * reaches over the missing log, is of the new fork; where that began stands in its bytes, but in no other witness's words (of
 * data backups `RESTORE HEADERONLY` and msdb have a NULL fork point). While the last log may still get into the target its own
 * fork stays: the next log begins on it and crosses over.
 */
export async function followFork(tx: Tx, migrationId: string, forkGuid: string): Promise<void> {
  const tail = await tx.backupFile.findFirst({
    where: { migrationId, tail: true },
    orderBy: { createdAt: "desc" },
    select: { state: true },
  });
  if (tail !== null && AT_RDS.has(tail.state)) return;
  await tx.migration.updateMany({
    where: { id: migrationId, targetForkGuid: { not: null } },
    data: { targetForkGuid: forkGuid },
  });
}
