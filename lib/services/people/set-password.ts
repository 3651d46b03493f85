import {
  judgePassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordFault,
} from "@/lib/auth/judge-password";
import { hashPassword } from "@/lib/auth/password";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole, type SignedIn } from "@/lib/context/require-role";
import type { PasswordInput, ProfileView } from "@/lib/contracts/people";
import { AppError } from "@/lib/diagnosis/app-error";
import { identityOf } from "./identity-of";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";
import { readOwnSession, requirePassword } from "./prove";
import { RESET_MS } from "./session-limits";

/** Who is signed in here, and what they need for a new password. */
export async function readProfile({ ctx }: { ctx: Ctx }): Promise<ProfileView> {
  requireRole(ctx.actor, "viewer");
  const { person, needsCurrent } = await readOwn(ctx, ctx.actor);
  return {
    name: ctx.actor.name,
    role: ctx.actor.role,
    hasPassword: person.passwordHash !== null,
    needsCurrent,
    identity: identityOf(person.identities),
  };
}

/**
 * Sets one's own password; all one's sessions end, and the one that asks goes on under a new token.
 * @throws AppError `password_elsewhere`, `password_wrong`, `sign_in_blocked`, and what `judgePassword` says.
 */
export async function setPassword({ ctx, input }: Use<PasswordInput>): Promise<OpenedSession> {
  requireRole(ctx.actor, "viewer");
  const { person, needsCurrent } = await readOwn(ctx, ctx.actor);
  if (person.identities.length > 0) throw new AppError("precondition_failed", "password_elsewhere");
  if (needsCurrent) {
    const password = input.currentPassword ?? "";
    await requirePassword(ctx, person, { password, field: "currentPassword", action: "password.set" });
  }
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
  const { person, provedAt, byLink } = await readOwnSession(ctx, actor);
  const isFresh = ctx.now().getTime() - provedAt.getTime() < RESET_MS;
  return { person, needsCurrent: person.passwordHash !== null && !(byLink && isFresh) };
}
