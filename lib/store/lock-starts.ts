import type { Prisma } from "./generated/client";

/** Any number, the same in every process. */
const STARTS = 7_410_250_818;

/**
 * Lets one start at a time through, in all processes, until the end of the transaction: two that both looked whether the
 * target is free before either had taken it would both run.
 */
export async function lockStarts(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${STARTS}::bigint)`;
}
