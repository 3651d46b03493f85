import {
  judgePassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordFault,
} from "@/lib/auth/judge-password";
import { hashPassword, isPassword } from "@/lib/auth/password";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole, type SignedIn } from "@/lib/context/require-role";
import type { PasswordInput, ProfileView } from "@/lib/contracts/people";
import { AppError } from "@/lib/diagnosis/app-error";
import { blockedUntil, countFailure } from "./count-failures";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";
import { RESET_MS } from "./session-limits";
import { ownSession } from "./sessions";

/** Who is signed in here, and what they need for a new password. */
export async function readProfile({ ctx }: { ctx: Ctx }): Promise<ProfileView> {
  requireRole(ctx.actor, "viewer");
  const { person, needsCurrent } = await readOwn(ctx, ctx.actor);
  return {
    name: ctx.actor.name,
    role: ctx.actor.role,
    hasPassword: person.passwordHash !== null,
    needsCurrent,
  };
}

/**
 * Sets one's own password; all one's sessions end, and the one that asks goes on under a new token.
 * @throws AppError `password_wrong`, `sign_in_blocked`, and what `judgePassword` says.
 */
export async function setPassword({ ctx, input }: Use<PasswordInput>): Promise<OpenedSession> {
  requireRole(ctx.actor, "viewer");
  const { person, needsCurrent } = await readOwn(ctx, ctx.actor);
  if (needsCurrent) await requireCurrent(ctx, person, input.currentPassword ?? "");
  const fault = judgePassword(input.newPassword, [person.name]);
  if (fault !== null) throw refusalOf(fault);
  const passwordHash = await hashPassword(input.newPassword);
  return ctx.db.$transaction(async (tx) => {
    await noteAct(ctx, tx, { action: "password.set", subject: person.name });
    await tx.person.update({ where: { id: person.id }, data: { passwordHash } });
    await tx.session.deleteMany({ where: { personId: person.id } });
    return openSession(ctx, tx, person, "password");
  });
}

function refusalOf(fault: PasswordFault): AppError {
  const fields = [{ path: "newPassword", reason: fault }];
  switch (fault) {
    case "password_too_short":
      return new AppError("validation", "password_too_short", { length: MIN_PASSWORD_LENGTH }, fields);
    case "password_too_long":
      return new AppError("validation", "password_too_long", { length: MAX_PASSWORD_LENGTH }, fields);
    case "password_common":
      return new AppError("validation", "password_common", {}, fields);
    case "password_has_name":
      return new AppError("validation", "password_has_name", {}, fields);
  }
}

async function readOwn(ctx: Ctx, actor: SignedIn) {
  const session = await ctx.db.session.findUnique({
    where: { id: ownSession(actor) ?? "" },
    include: { person: true },
  });
  // Only who came by a browser has something here.
  if (session === null) throw new AppError("not_found", "person_not_found");
  const isFresh = ctx.now().getTime() - session.provedAt.getTime() < RESET_MS;
  const { person } = session;
  return { person, needsCurrent: person.passwordHash !== null && !(session.byLink && isFresh) };
}

/** Counted as a failed sign-in: a page left open is no place to guess at. */
async function requireCurrent(
  ctx: Ctx,
  person: { name: string; nameKey: string | null; passwordHash: string | null },
  current: string,
): Promise<void> {
  const tried = { nameKey: person.nameKey ?? "", address: ctx.caller?.address ?? "" };
  const knows = await isPassword(current, person.passwordHash);
  const refusal = await ctx.db.$transaction(async (tx) => {
    const until = await blockedUntil(ctx, tx, tried);
    if (until !== null) {
      const minutes = Math.ceil((until.getTime() - ctx.now().getTime()) / 60_000);
      return new AppError("rate_limited", "sign_in_blocked", { minutes });
    }
    if (knows) return null;
    await noteAct(ctx, tx, { action: "password.set", subject: person.name, outcome: "refused" });
    await countFailure(ctx, tx, tried);
    return new AppError("forbidden", "password_wrong", {}, [
      { path: "currentPassword", reason: "password_wrong" },
    ]);
  });
  if (refusal) throw refusal;
}
