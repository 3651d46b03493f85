import { nameKey } from "@/lib/auth/name-key";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PersonChange } from "@/lib/contracts/people";
import { Scope, scopeOrNull } from "@/lib/contracts/scope";
import type { Role } from "@/lib/contracts/system";
import { AppError } from "@/lib/diagnosis/app-error";
import { Prisma } from "@/lib/store/generated/client";
import { requireAdministratorLeft } from "./administrators";
import { noteAct } from "./note-act";
import { type MadeLink, makeLink } from "./sign-in-links";

/** Somebody new, with the link by which they come in. Throws `person_name_taken`. */
export async function invitePerson({
  ctx,
  input,
}: Use<{ name: string; role: Role }>): Promise<MadeLink & { personId: string }> {
  requireRole(ctx.actor, "administrator");
  const { name, role } = input;
  return ctx.db.$transaction(async (tx) => {
    const personId = ctx.newId();
    await noteAct(ctx, tx, { action: "person.invite", subject: name, detail: { personId, role } });
    if ((await tx.person.findUnique({ where: { nameKey: nameKey(name) } })) !== null) {
      throw new AppError("conflict", "person_name_taken", { name });
    }
    await tx.person.create({
      data: { id: personId, name, nameKey: nameKey(name), role, createdAt: ctx.now() },
    });
    return { ...(await makeLink(ctx, tx, { personId, purpose: "invitation" })), personId };
  });
}

/**
 * Gives somebody a role, limits them, shuts them out or lets them in again. Where it changes anything their sessions end, and with
 * them what runs in them: they sign in anew, with what they now may.
 * @throws AppError `person_not_found`, `role_elsewhere`, `last_administrator`.
 */
export async function changePerson({ ctx, input }: Use<PersonChange & { personId: string }>): Promise<void> {
  requireRole(ctx.actor, "administrator");
  const { personId, role, disabled } = input;
  await ctx.db.$transaction(async (tx) => {
    const before = await tx.person.findUnique({
      where: { id: personId },
      include: { _count: { select: { identities: true } } },
    });
    if (before === null) throw new AppError("not_found", "person_not_found");
    const scopeBefore = Scope.nullable().parse(before.scope);
    const scope = input.scope === undefined ? scopeBefore : scopeOrNull(input.scope);
    const isScopeKept = JSON.stringify(scope) === JSON.stringify(scopeBefore);
    // It would be back with their next sign-in.
    if (before.role !== role && before._count.identities > 0)
      throw new AppError("precondition_failed", "role_elsewhere", { name: before.name });
    if (before.role === role && (before.disabledAt !== null) === disabled && isScopeKept) return;
    await noteAct(ctx, tx, {
      action: "person.change",
      subject: before.name,
      detail: {
        personId,
        roleBefore: before.role,
        role,
        disabledBefore: before.disabledAt !== null,
        disabled,
        ...(isScopeKept ? {} : { scopeBefore: JSON.stringify(scopeBefore), scope: JSON.stringify(scope) }),
      },
    });
    const disabledAt = disabled ? (before.disabledAt ?? ctx.now()) : null;
    await tx.person.update({
      where: { id: personId },
      data: { role, disabledAt, scope: scope ?? Prisma.DbNull },
    });
    if (before.role === "administrator" && before.disabledAt === null)
      await requireAdministratorLeft(tx, before);
    await tx.session.deleteMany({ where: { personId } });
  });
}
