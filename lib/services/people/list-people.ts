import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PersonView } from "@/lib/contracts/people";
import { Scope } from "@/lib/contracts/scope";
import { Role } from "@/lib/contracts/system";
import { identityOf } from "./identity-of";

/** Everybody, by name; who is shut out too. */
export async function listPeople({ ctx }: { ctx: Ctx }): Promise<{ people: PersonView[] }> {
  requireRole(ctx.actor, "administrator");
  const rows = await ctx.db.person.findMany({
    orderBy: { name: "asc" },
    include: {
      sessions: { select: { seenAt: true }, orderBy: { seenAt: "desc" }, take: 1 },
      identities: { select: { kind: true } },
    },
  });
  return {
    people: rows.map(
      ({ id, name, role, passwordHash, createdAt, disabledAt, scope, sessions, identities }) => ({
        ...{ id, name, role: Role.parse(role), hasPassword: passwordHash !== null },
        scope: Scope.nullable().parse(scope),
        identity: identityOf(identities),
        createdAt: createdAt.toISOString(),
        disabledAt: disabledAt?.toISOString() ?? null,
        seenAt: sessions[0]?.seenAt.toISOString() ?? null,
      }),
    ),
  };
}
