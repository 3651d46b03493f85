import { nameKey } from "@/lib/auth/name-key";
import type { Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { noteAct } from "./note-act";
import { ownSession } from "./sessions";
import { type MadeLink, makeLink } from "./sign-in-links";

/** Who is there before anybody is. Under this id and name also stands what was done before there was sign-in. */
const LOCAL = { id: "local", name: "administrator" };

const ABLE = { role: "administrator", disabledAt: null };
/** Those whom no provider and no directory can shut out. */
const OWN_ABLE = { ...ABLE, identities: { none: {} } };

/**
 * The link of a first start, for the local administrator, who is made where there is nobody; null once an administrator has a
 * password: whoever reads this terminal is then nobody special.
 */
export async function openFirstStart({ ctx }: Pick<Use<null>, "ctx">): Promise<MadeLink | null> {
  requireRole(ctx.actor, "administrator");
  return ctx.db.$transaction(async (tx) => {
    // Who comes by a provider is let in and shut out there: no link of ours makes a second way for them.
    const able = await tx.person.findMany({ where: OWN_ABLE, orderBy: { createdAt: "asc" } });
    if (able.some(({ passwordHash }) => passwordHash !== null)) return null;
    const personId = able[0]?.id ?? (await makeLocal(tx)).id;
    return makeLink(ctx, tx, { personId, purpose: "first_start" });
  });
}

/**
 * For whoever is on the machine itself: a link for an administrator by name, or for the one who was first. Who was shut out or had
 * lost the role has it again.
 * @throws AppError `person_not_found`; `only_on_this_machine` for who came by a browser.
 */
export async function recoverAdministrator({
  ctx,
  input,
}: Use<{ name: string | null }>): Promise<MadeLink & { name: string }> {
  requireRole(ctx.actor, "administrator");
  if (ownSession(ctx.actor) !== null) throw new AppError("forbidden", "only_on_this_machine");
  return ctx.db.$transaction(async (tx) => {
    const person =
      input.name === null
        ? ((await tx.person.findFirst({ where: OWN_ABLE, orderBy: { createdAt: "asc" } })) ??
          (await makeLocal(tx)))
        : await tx.person.findUnique({ where: { nameKey: nameKey(input.name) } });
    if (person === null) throw new AppError("not_found", "person_not_found");
    await noteAct(ctx, tx, {
      action: "person.recover",
      subject: person.name,
      detail: { personId: person.id },
    });
    await tx.person.update({ where: { id: person.id }, data: ABLE });
    const link = await makeLink(ctx, tx, { personId: person.id, purpose: "recovery" });
    return { ...link, name: person.name };
  });
}

async function makeLocal(tx: Tx) {
  const key = nameKey(LOCAL.name);
  return tx.person.upsert({
    where: { id: LOCAL.id },
    create: { ...LOCAL, nameKey: key, role: "administrator" },
    update: { ...ABLE, nameKey: key },
  });
}

/**
 * Throws `last_administrator` where, as the transaction stands, nobody could administrate any more. Call it after the change, and
 * after `noteAct`, so that two who shut out one another are decided one after the other.
 */
export async function requireAdministratorLeft(
  tx: Tx,
  before: { passwordHash: string | null },
): Promise<void> {
  const withPassword = before.passwordHash === null ? {} : { passwordHash: { not: null } };
  const left = await tx.person.count({ where: { ...ABLE, ...withPassword } });
  if (left === 0) throw new AppError("precondition_failed", "last_administrator");
}
