import { storedHeader } from "@/lib/backup/stored-header";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WayBackView } from "@/lib/contracts/way-back";
import { AppError } from "@/lib/diagnosis/app-error";
import { buildWayBackScript } from "@/lib/diagnosis/build-aftercare-script";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { releaseOfEngine, releaseOfVersion, type ServerRelease } from "@/lib/migration/server-release";
import { forecastWayBack, judgeWayBack, wayBackFile } from "@/lib/migration/way-back";
import { measuredRounds } from "@/lib/plan/measured-rounds";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import type { RdsBackupSet } from "@/lib/rds/rds-account";
import { loadMigration, type MigrationRows } from "@/lib/store/migration-rows";

/**
 * Whether a backup of RDS's could be restored at the source, by the release that wrote the migration's newest backup and the
 * instance's, and the plan of it: for before the cutover and after. Throws `not_found`; what cannot be asked is not known.
 */
export async function getWayBack({ ctx, input }: Use<{ migrationId: string }>): Promise<WayBackView> {
  requireRole(ctx.actor, "viewer");
  const row = await loadMigration(ctx.db, input.migrationId);
  if (!row) throw new AppError("not_found", "migration_not_found");
  const headers = row.files
    .toReversed()
    .flatMap(({ header }) => storedHeader(header) ?? [])
    .filter(({ softwareVersion }) => releaseOfVersion(softwareVersion ?? "") !== null);
  const source = releaseOfVersion(headers[0]?.softwareVersion ?? "");
  const rds = await askRds(ctx, row);
  const rule = judgeWayBack(source, rds.target);
  const database = row.sourceDatabase ?? row.targetDatabase;
  const file = database === null ? "" : wayBackFile(row.sourceFolder ?? row.draft.sourceFolder, database);
  const files = headers.find(({ files: listed }) => listed.length > 0)?.files ?? [];
  const rounds = measuredRounds(snapshotOf(row));
  return {
    rule,
    source: source?.label ?? null,
    target: rds.target?.label ?? null,
    script:
      rule === "newer_target" || database === null
        ? ""
        : buildWayBackScript({
            database,
            file,
            files: files.flatMap(({ logicalName, physicalName: path }) =>
              path === null ? [] : [{ logicalName, path }],
            ),
          }),
    file,
    sets: rds.sets.map(({ backupId, endedAt, sizeBytes, links }) => ({
      backupId,
      endedAt,
      sizeBytes,
      downloadable: links.length > 0,
    })),
    backup: row.aftercare?.wayBack ?? null,
    forecast: forecastWayBack(rounds),
    rdsFailure: rds.failure,
  };
}

interface RdsSays {
  target: ServerRelease | null;
  sets: RdsBackupSet[];
  failure: WayBackView["rdsFailure"];
}

async function askRds(ctx: Ctx, row: MigrationRows): Promise<RdsSays> {
  const { instanceId, cloudConnectionId, onlineAt } = row;
  const said: RdsSays = { target: null, sets: [], failure: null };
  if (instanceId === null || cloudConnectionId === null) return said;
  try {
    const rds = await ctx.clients.rds(cloudConnectionId);
    said.target = releaseOfEngine((await rds.getInstance(instanceId)).engineVersion);
    if (onlineAt !== null) {
      const listed = await rds.listBackups({
        instanceId,
        from: onlineAt.toISOString(),
        to: ctx.now().toISOString(),
      });
      said.sets = fullSetsSince(listed, onlineAt);
    }
  } catch (error) {
    if (!isExternalError(error)) throw error;
    said.failure = failureOf(error);
  }
  return said;
}

/** Sets are asked for by the minute: one that began before the opening does not hold the database. */
function fullSetsSince(sets: readonly RdsBackupSet[], onlineAt: Date): RdsBackupSet[] {
  const began = ({ startedAt }: RdsBackupSet) => (startedAt === null ? 0 : Date.parse(startedAt));
  return sets
    .filter(
      (set) =>
        set.ok && set.type === "FullBackup" && began(set) >= Math.floor(onlineAt.getTime() / 1_000) * 1_000,
    )
    .sort((left, right) => began(right) - began(left));
}
