import type { Ctx, Tx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";

/** Tries of a name before it is left alone, and of an address, behind which may be an office. */
const LIMITS = { name: 5, address: 20 } as const;
/** Milliseconds for which a failure counts, and for which a name or an address that has reached its limit waits. */
export const FORGET_MS = 15 * 60_000;

/** A sign-in, by a name or at a provider; or somebody who is signed in and asked for their password again. */
export type Tried = { nameKey: string; address: string } | { address: string } | { personId: string };

function keysOf(tried: Tried) {
  if ("personId" in tried) return [{ key: `person ${tried.personId}`, limit: LIMITS.name }];
  const address = { key: `address ${tried.address}`, limit: LIMITS.address };
  if (!("nameKey" in tried)) return [address];
  // Names are as long as somebody types; nobody's is longer than this.
  return [{ key: `name ${tried.nameKey.slice(0, 200)}`, limit: LIMITS.name }, address];
}

/** `sign_in_blocked` with the `minutes` to wait, where tries like this are refused; null: they are not. */
export async function blocked(ctx: Ctx, tx: Tx, tried: Tried): Promise<AppError | null> {
  const keys = keysOf(tried);
  const rows = await tx.signInFailures.findMany({
    where: { key: { in: keys.map(({ key }) => key) }, forgetAt: { gt: ctx.now() } },
  });
  const blocking = rows.filter((row) => keys.some(({ key, limit }) => key === row.key && row.count >= limit));
  if (blocking.length === 0) return null;
  const untilMs = Math.max(...blocking.map(({ forgetAt }) => forgetAt.getTime()));
  const minutes = Math.ceil((untilMs - ctx.now().getTime()) / 60_000);
  return new AppError("rate_limited", "sign_in_blocked", { minutes });
}

/** Before somebody else is asked who it is. Throws what `blocked` returns. */
export async function requireNotBlocked(ctx: Ctx, tried: Tried): Promise<void> {
  const refusal = await ctx.db.$transaction((tx) => blocked(ctx, tx, tried));
  if (refusal !== null) throw refusal;
}

/** One more failure. One that has reached its limit is not counted on: who waits is not made to wait longer by others. */
export async function countFailure(ctx: Ctx, tx: Tx, tried: Tried): Promise<void> {
  const now = ctx.now();
  const forgetAt = new Date(now.getTime() + FORGET_MS);
  await tx.signInFailures.deleteMany({ where: { forgetAt: { lte: now } } });
  for (const { key, limit } of keysOf(tried)) {
    const row = await tx.signInFailures.findUnique({ where: { key } });
    if (row === null) await tx.signInFailures.create({ data: { key, count: 1, forgetAt } });
    else if (row.count < limit) {
      await tx.signInFailures.update({ where: { key }, data: { count: row.count + 1, forgetAt } });
    }
  }
}

/** Whoever knows the password clears the name; the address stays as it is, or one account would pay for guesses at others. */
export async function forgetFailures(tx: Tx, tried: Tried): Promise<void> {
  await tx.signInFailures.deleteMany({ where: { key: keysOf(tried)[0]?.key ?? "" } });
}
