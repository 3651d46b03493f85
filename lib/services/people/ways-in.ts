import { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { IdentityKind } from "@/lib/contracts/identity";
import type { WayIn, WaysInView, WayTriedView } from "@/lib/contracts/ways-in";
import { AppError } from "@/lib/diagnosis/app-error";

const Refused = z.object({ reason: z.string().catch("internal") }).catch({ reason: "internal" });

/** By which ways people come in, how each is set and how it last did. Secrets are not read. */
export async function listWaysIn({ ctx }: { ctx: Ctx }): Promise<WaysInView> {
  requireRole(ctx.actor, "administrator");
  const { provider, directory } = ctx.identity;
  const ways: WayIn[] = [];
  if (provider) ways.push(await wayOf(ctx, "openid", provider));
  if (directory) ways.push(await wayOf(ctx, "directory", directory));
  const passkeys = await ctx.db.passkey.findMany({
    where: { person: { disabledAt: null } },
    select: { host: true, personId: true },
    distinct: ["host", "personId"],
    orderBy: { host: "asc" },
  });
  const people = new Map<string, number>();
  for (const { host } of passkeys) people.set(host, (people.get(host) ?? 0) + 1);
  return {
    ways,
    withPassword: await ctx.db.person.count({ where: { disabledAt: null, passwordHash: { not: null } } }),
    passkeys: [...people].map(([host, count]) => ({ host, people: count })),
  };
}

async function wayOf(
  { db }: Ctx,
  kind: IdentityKind,
  { name, settings }: { name: string; settings: readonly WayIn["settings"][number][] },
): Promise<WayIn> {
  const last = (outcome: "done" | "refused") =>
    db.auditEntry.findFirst({
      where: { action: "sign_in", outcome, detail: { path: ["by"], equals: kind } },
      orderBy: { seq: "desc" },
    });
  const [done, refused] = [await last("done"), await last("refused")];
  return {
    ...{ kind, name, settings: [...settings] },
    lastDoneAt: done?.at.toISOString() ?? null,
    lastRefused: refused && { at: refused.at.toISOString(), reason: Refused.parse(refused.detail).reason },
  };
}

/**
 * Asks a provider or a directory as a sign-in does, and signs nobody in.
 * @throws AppError `provider_not_set`, `directory_not_set`, and what is wrong with either.
 */
export async function tryWayIn({ ctx, input }: Use<{ kind: IdentityKind }>): Promise<WayTriedView> {
  requireRole(ctx.actor, "administrator");
  const { provider, directory } = ctx.identity;
  if (input.kind === "openid") {
    if (provider === null) throw new AppError("precondition_failed", "provider_not_set");
    return provider.tryOut();
  }
  if (directory === null) throw new AppError("precondition_failed", "directory_not_set");
  return directory.tryOut();
}
