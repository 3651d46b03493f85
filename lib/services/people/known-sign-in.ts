import { nameKey } from "@/lib/auth/name-key";
import type { Ctx, Tx } from "@/lib/context/context";
import type { IdentityKind } from "@/lib/contracts/identity";
import { AppError } from "@/lib/diagnosis/app-error";
import type { KnownPerson } from "@/lib/identity/known-person";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";

export interface Source {
  kind: IdentityKind;
  /** As people call it. */
  name: string;
  /** Names it in the store. */
  issuer: string;
}

/**
 * Opens a session for whom a provider or a directory knows. Who comes for the first time becomes a person of their own, whatever
 * they are called there: names and e-mail addresses can be chosen, and nobody is let into somebody else's account by one. Their role
 * is what their groups give them now; where it has changed, their sessions end. Refusals are given back, so that what is noted stays.
 */
export async function openKnown(
  ctx: Ctx,
  tx: Tx,
  source: Source,
  known: KnownPerson,
): Promise<OpenedSession | AppError> {
  const { kind, issuer } = source;
  const by = { kind, issuer, subject: known.subject };
  const identity = await tx.identity.findUnique({
    where: { kind_issuer_subject: by },
    include: { person: true },
  });
  const refuse = async (refusal: AppError) => {
    const { reason } = refusal.fields;
    await noteAct(ctx, tx, {
      action: "sign_in",
      subject: known.name,
      outcome: "refused",
      detail: { reason, by: kind },
    });
    return refusal;
  };
  const params = { source: source.name };
  if (identity !== null && identity.person.disabledAt !== null)
    return refuse(new AppError("forbidden", "identity_shut_out", params));
  if (known.role === null) {
    if (identity !== null) await tx.session.deleteMany({ where: { personId: identity.personId } });
    return refuse(new AppError("forbidden", "identity_no_role", params));
  }
  const { role } = known;
  const personId = identity?.personId ?? (await addKnown(ctx, tx, source, { ...known, role }));
  const row = await tx.identity.update({
    where: { kind_issuer_subject: by },
    data: { name: known.name, seenAt: ctx.now() },
    include: { person: true },
  });
  if (row.person.role !== role) {
    await noteAct(ctx, tx, {
      action: "person.change",
      subject: row.person.name,
      detail: { personId, roleBefore: row.person.role, role, by: kind },
    });
    await tx.person.update({ where: { id: personId }, data: { role } });
    await tx.session.deleteMany({ where: { personId } });
  }
  await noteAct(ctx, tx, { action: "sign_in", subject: row.person.name, detail: { personId, by: kind } });
  return openSession(ctx, tx, { id: personId }, { identityId: row.id });
}

async function addKnown(
  ctx: Ctx,
  tx: Tx,
  { kind, issuer, name: sourceName }: Source,
  known: KnownPerson & { role: string },
): Promise<string> {
  const personId = ctx.newId();
  const name = await freeName(tx, known.name, sourceName);
  await noteAct(ctx, tx, {
    action: "person.add",
    subject: name,
    detail: { personId, role: known.role, by: kind },
  });
  const now = ctx.now();
  await tx.person.create({
    data: { id: personId, name, nameKey: nameKey(name), role: known.role, createdAt: now },
  });
  await tx.identity.create({
    data: {
      ...{ id: ctx.newId(), personId, kind, issuer, subject: known.subject, name: known.name },
      ...{ addedAt: now, seenAt: now },
    },
  });
  return personId;
}

/** `ann`; where somebody is called that already, `ann (Corp)`, `ann (Corp 2)`. */
async function freeName(tx: Tx, wanted: string, sourceName: string): Promise<string> {
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? wanted : `${wanted} (${sourceName}${count === 1 ? "" : ` ${count}`})`;
    if ((await tx.person.findUnique({ where: { nameKey: nameKey(name) } })) === null) return name;
  }
}
