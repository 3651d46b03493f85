import { hashToken } from "@/lib/auth/token";
import type { Actor, Ctx, Use } from "@/lib/context/context";
import type { MigrationView } from "@/lib/contracts/migration";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { SharedMigrationView, type SharedView } from "@/lib/contracts/share";
import { AppError } from "@/lib/diagnosis/app-error";
import { getMigration } from "../migration/get-migration";
import { listMigrations } from "../migration/list-migrations";
import { SEEN_MS } from "../people/session-limits";

/** Who looks by a link: reads, as nobody in particular. */
const VISITOR: Actor = { kind: "person", id: "share", name: "share link", role: "viewer" };

const MAKES_WALL = ["administrator"];
const MAKES_ANY = [...MAKES_WALL, "operator"];

/**
 * What a link shows, and nothing else of the store. Asked by people who are not signed in: whose link is unknown, expired or revoked, or whose
 * maker has been shut out or may make no such link any more, are told the same, `share_not_valid`.
 */
export async function readShared({ ctx, input }: Use<{ token: string }>): Promise<SharedView> {
  const now = ctx.now();
  const link = await ctx.db.shareLink.findUnique({ where: { tokenHash: hashToken(input.token) } });
  if (link === null || link.expiresAt <= now || !(await mayStillShare(ctx, link)))
    throw new AppError("not_found", "share_not_valid");
  if (link.seenAt === null || now.getTime() - link.seenAt.getTime() >= SEEN_MS) {
    // It may have been revoked meanwhile.
    await ctx.db.shareLink.updateMany({ where: { id: link.id }, data: { seenAt: now } });
  }
  const { migrationId } = link;
  const visit: Ctx = { ...ctx, actor: VISITOR };
  const known =
    migrationId === null
      ? (await listMigrations({ ctx: visit, input: {} })).migrations.filter(isRunning)
      : [await getMigration({ ctx: visit, input: { migrationId } })];
  return {
    of: migrationId === null ? "wall" : "migration",
    migrations: known.map(toShared),
    expiresAt: link.expiresAt.toISOString(),
    serverNow: now.toISOString(),
  };
}

/** Where people do not sign in, and for commands of this machine, there is nobody to ask. */
async function mayStillShare(
  ctx: Ctx,
  { createdById, migrationId }: { createdById: string; migrationId: string | null },
): Promise<boolean> {
  const maker = await ctx.db.person.findUnique({ where: { id: createdById } });
  if (maker === null) return true;
  // Who is limited makes none (the routes are closed to them), and could not end what they made before.
  const isLimited = maker.role !== "administrator" && maker.scope !== null;
  const may = migrationId === null ? MAKES_WALL : MAKES_ANY;
  return maker.disabledAt === null && !isLimited && may.includes(maker.role);
}

function isRunning({ status }: MigrationSummaryView): boolean {
  return status !== "draft" && status !== "succeeded" && status !== "cancelled";
}

/** The list knows less of a migration than its own page. */
function toShared(view: MigrationSummaryView & Partial<MigrationView>): SharedMigrationView {
  const { alarms = [], allowed = [], armed = null, cutover = null, takenBack = null } = view;
  // Parsing leaves out whatever is not declared.
  return SharedMigrationView.parse({
    ...view,
    ...{ alarms, armed, cutover },
    allowed: allowed.filter((action) => action === "cutover"),
    takenBack: takenBack !== null,
  });
}
