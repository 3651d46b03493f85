import { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WayBackView } from "@/lib/contracts/way-back";
import { AppError } from "@/lib/diagnosis/app-error";
import { buildWayBackScript } from "@/lib/diagnosis/build-aftercare-script";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { releaseOfEngine, releaseOfVersion, type ServerRelease } from "@/lib/migration/server-release";
import { judgeWayBack } from "@/lib/migration/way-back";

/** Of a header as it is kept. */
const Written = z.object({ softwareVersion: z.string() });

/**
 * Whether a backup of RDS's could be restored at the source: by the release that wrote the migration's newest backup, and the
 * instance's. For before the cutover and after. Throws `not_found`; what cannot be asked is not known.
 */
export async function getWayBack({ ctx, input }: Use<{ migrationId: string }>): Promise<WayBackView> {
  requireRole(ctx.actor, "viewer");
  const row = await ctx.db.migration.findUnique({
    where: { id: input.migrationId },
    select: {
      sourceDatabase: true,
      targetDatabase: true,
      instanceId: true,
      cloudConnectionId: true,
      files: { orderBy: { createdAt: "desc" }, select: { header: true } },
    },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const source = row.files
    .flatMap(({ header }) => Written.safeParse(header).data ?? [])
    .map(({ softwareVersion }) => releaseOfVersion(softwareVersion))
    .find((release) => release !== null);
  const target = await releaseOfInstance(ctx, row);
  const rule = judgeWayBack(source ?? null, target);
  const database = row.sourceDatabase ?? row.targetDatabase;
  return {
    rule,
    source: source?.label ?? null,
    target: target?.label ?? null,
    script: rule === "newer_target" || database === null ? "" : buildWayBackScript(database),
  };
}

async function releaseOfInstance(
  ctx: Ctx,
  { instanceId, cloudConnectionId }: { instanceId: string | null; cloudConnectionId: string | null },
): Promise<ServerRelease | null> {
  if (instanceId === null || cloudConnectionId === null) return null;
  try {
    const rds = await ctx.clients.rds(cloudConnectionId);
    return releaseOfEngine((await rds.getInstance(instanceId)).engineVersion);
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return null;
  }
}
