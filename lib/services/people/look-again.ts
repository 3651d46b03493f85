import type { Ctx } from "@/lib/context/context";
import { noteAct } from "./note-act";

/**
 * Looks for everybody again who is signed in by the directory: who is shut out there, or has lost their groups, is signed out here;
 * whose groups give another role signs in anew. A directory that does not answer changes nothing: a cutover outlives it.
 */
export async function lookAtDirectoryAgain({ ctx }: { ctx: Ctx }): Promise<void> {
  const { directory } = ctx.identity;
  if (directory === null) return;
  const identities = await ctx.db.identity.findMany({
    where: { kind: "directory", issuer: directory.issuer, person: { sessions: { some: {} } } },
    include: { person: true },
  });
  for (const { id, subject, personId, person } of identities) {
    const known = await directory.lookAgain(subject);
    if (known === undefined) return;
    await ctx.db.$transaction(async (tx) => {
      await tx.identity.update({ where: { id }, data: { seenAt: ctx.now() } });
      const role = known?.role ?? null;
      if (role === person.role) return;
      await noteAct(ctx, tx, {
        ...{ action: "person.change", subject: person.name },
        detail: { personId, roleBefore: person.role, role: role ?? "none", by: "directory" },
      });
      if (role !== null) await tx.person.update({ where: { id: personId }, data: { role } });
      await tx.session.deleteMany({ where: { personId } });
    });
  }
}
