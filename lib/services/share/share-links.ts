import { hashToken, makeToken } from "@/lib/auth/token";
import type { Use } from "@/lib/context/context";
import { requireRole, type SignedIn } from "@/lib/context/require-role";
import type { LinkView } from "@/lib/contracts/people";
import type { ShareInput, ShareLinkView, ShareSpan } from "@/lib/contracts/share";
import { AppError } from "@/lib/diagnosis/app-error";
import { noteAct } from "../people/note-act";

const HOUR = 3_600_000;
const SPAN_MS: Readonly<Record<ShareSpan, number>> = {
  "8h": 8 * HOUR,
  "1d": 24 * HOUR,
  "7d": 168 * HOUR,
  "30d": 720 * HOUR,
};

/**
 * A link by which whoever has it looks at one migration, or at the wall screen, until it expires. Its token is told once; the store has
 * the hash. The wall shows everybody's migrations: administrators share it.
 * @throws AppError `migration_not_found`; `migration_not_started`: nothing to see yet.
 */
export async function makeShareLink({ ctx, input }: Use<ShareInput>): Promise<LinkView> {
  const { migrationId, span } = input;
  requireRole(ctx.actor, migrationId === null ? "administrator" : "operator");
  const { id: createdById, name: createdBy } = ctx.actor;
  const token = makeToken();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + SPAN_MS[span]);
  await ctx.db.$transaction(async (tx) => {
    if (migrationId !== null) {
      const found = await tx.migration.findUnique({
        where: { id: migrationId },
        select: { startedAt: true },
      });
      if (found === null) throw new AppError("not_found", "migration_not_found");
      if (found.startedAt === null) throw new AppError("precondition_failed", "migration_not_started");
    }
    const id = ctx.newId();
    const subject = migrationId ?? "";
    await noteAct(ctx, tx, { action: "share.make", subject, detail: { id, until: expiresAt.toISOString() } });
    // Who made which stays in the audit.
    await tx.shareLink.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.shareLink.create({
      data: {
        id,
        tokenHash: hashToken(token),
        migrationId,
        createdById,
        createdBy,
        createdAt: now,
        expiresAt,
      },
    });
  });
  return { token, expiresAt: expiresAt.toISOString() };
}

/** Those that are good now, the newest first: one's own, and to administrators everybody's. */
export async function listShareLinks({ ctx }: Pick<Use<null>, "ctx">): Promise<{ links: ShareLinkView[] }> {
  requireRole(ctx.actor, "operator");
  const rows = await ctx.db.shareLink.findMany({
    where: { expiresAt: { gt: ctx.now() }, ...ownOf(ctx.actor) },
    orderBy: { createdAt: "desc" },
    include: { migration: { select: { id: true, name: true } } },
  });
  return {
    links: rows.map(({ id, migration, createdBy, createdAt, expiresAt, seenAt }) => ({
      ...{ id, migration, createdBy },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    })),
  };
}

/** Ends a link at once; a page that shows it says so within seconds. Throws `share_not_valid` for one that is none of theirs. */
export async function revokeShareLink({ ctx, input }: Use<{ linkId: string }>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const where = { id: input.linkId, ...ownOf(ctx.actor) };
  await ctx.db.$transaction(async (tx) => {
    const link = await tx.shareLink.findFirst({ where, select: { migrationId: true } });
    if (link === null) throw new AppError("not_found", "share_not_valid");
    await noteAct(ctx, tx, {
      action: "share.revoke",
      subject: link.migrationId ?? "",
      detail: { id: input.linkId },
    });
    await tx.shareLink.deleteMany({ where });
  });
}

function ownOf({ role, id }: SignedIn): { createdById?: string } {
  return role === "administrator" ? {} : { createdById: id };
}
