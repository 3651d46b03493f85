import { isPassword } from "@/lib/auth/password";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole, type SignedIn } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { blocked, countFailure, forgetFailures, requireNotBlocked } from "./count-failures";
import { isDirectoryPassword } from "./directory-sign-in";
import { noteAct } from "./note-act";
import { ownSession } from "./sessions";

/**
 * Shows once more, by the password (of ours, or the directory's), who holds a session: for five minutes it counts.
 * @throws AppError `password_wrong`, `sign_in_blocked` with the `minutes` to wait.
 */
export async function prove({ ctx, input }: Use<{ password: string }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { id, person } = await readOwnSession(ctx, ctx.actor);
  await requirePassword(ctx, person, {
    password: input.password,
    field: "password",
    action: "session.prove",
  });
  await ctx.db.$transaction(async (tx) => {
    await noteAct(ctx, tx, { action: "session.prove", subject: person.name });
    await tx.session.updateMany({ where: { id }, data: { provedAt: ctx.now() } });
  });
}

/** The row of the session that asks, with its person. Throws `person_not_found`: only who came by a browser has one. */
export async function readOwnSession(ctx: Ctx, actor: SignedIn) {
  const session = await ctx.db.session.findUnique({
    where: { id: ownSession(actor) ?? "" },
    include: { person: { include: { identities: true } } },
  });
  if (session === null) throw new AppError("not_found", "person_not_found");
  return session;
}

/**
 * Counted for itself, five in a quarter of an hour: a page left open is no place to guess at, and failed sign-ins of others must
 * not keep anybody from a cutover.
 */
export async function requirePassword(
  ctx: Ctx,
  person: {
    id: string;
    name: string;
    passwordHash: string | null;
    identities: { kind: string; subject: string; name: string }[];
  },
  { password, field, action }: { password: string; field: string; action: string },
): Promise<void> {
  const tried = { personId: person.id };
  const entry = person.identities.find(({ kind }) => kind === "directory");
  // Failures there may lock an account.
  if (entry !== undefined) await requireNotBlocked(ctx, tried);
  const knows =
    entry === undefined
      ? await isPassword(password, person.passwordHash)
      : await isDirectoryPassword(ctx, entry, password);
  const refusal = await ctx.db.$transaction(async (tx) => {
    const wait = await blocked(ctx, tx, tried);
    if (wait !== null) return wait;
    if (knows) {
      await forgetFailures(tx, tried);
      return null;
    }
    await noteAct(ctx, tx, { action, subject: person.name, outcome: "refused" });
    await countFailure(ctx, tx, tried);
    return new AppError("forbidden", "password_wrong", {}, [{ path: field, reason: "password_wrong" }]);
  });
  if (refusal) throw refusal;
}
