/**
 * Milliseconds. Embedded, transactions wait for each other on one connection, so Prisma's 2 s would fail under load;
 * a transaction here is a few statements and never a call to another system.
 */
export const TRANSACTION_OPTIONS = { maxWait: 30_000, timeout: 30_000 };
