import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { editionOfEngine, releaseOfEngine, releaseOfVersion } from "@/lib/migration/server-release";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { listsNoFiles } from "@/lib/rds/list-files-if-told";
import { instanceLink } from "./console-links";
import type { Finding, Probe } from "./probe";
import { spaceFinding } from "./space-finding";
import { windowFinding } from "./window-finding";

/** The instance: whether it works, and whether this database fits into it. */
export function instanceProbes(world: ProbeWorld, instanceId: string): Probe<ProbeId>[] {
  const params = { instanceId };
  const attribute = `DescribeDBInstanceAttribute ${instanceId}`;
  return [
    {
      id: "instance.running",
      asked: attribute,
      params,
      whenUnreachable: "block",
      cheap: true,
      prevents: "InvalidInstanceState: Current DB instance state does not support this operation.",
      look: async () => {
        const { status, lockMode } = await world.instance();
        const verdict = status === "Running" && lockMode === "Unlock" ? "pass" : "block";
        return onPage(world, { verdict, params: { status, lockMode }, answer: `${status}, ${lockMode}` });
      },
    },
    {
      id: "instance.version",
      asked: `${attribute}: EngineVersion`,
      params,
      prevents: "Failed to verify xxx.bak, backup file was corrupted or newer edition than RDS.",
      look: () => versionFinding(world),
    },
    {
      id: "instance.generation",
      asked: `${attribute}: EngineVersion, DBInstanceStorageType`,
      params,
      freshMinutes: 60,
      prevents: "DatabaseMustOnline, or InvalidDBName.NotFound, when the first file is handed over.",
      look: () => generationFinding(world),
    },
    ...editionProbes(world, instanceId),
    {
      id: "instance.file_list",
      asked: `DescribeOssDownloads ${instanceId}, of no task`,
      params,
      freshMinutes: 60,
      prevents: "UnsupportedOperation, when the files of a task are asked for.",
      look: () => fileListFinding(world, instanceId),
    },
    {
      id: "instance.space",
      asked: `DescribeDBInstanceAttribute, DescribeResourceUsage ${instanceId}`,
      params,
      cheap: true,
      prevents: "Not Enough Disk Space for restoring, space left (xxx MB) < needed (xxx MB).",
      look: async () => onPage(world, await spaceFinding(world)),
    },
    {
      id: "instance.database_count",
      asked: `DescribeDatabases ${instanceId}, DBMaxQuantity`,
      params,
      prevents: `The database (${world.draft.targetDatabase || "xxx"}) migration failed due to databases count limitation.`,
      look: () => countFinding(world),
    },
    {
      id: "instance.window",
      asked: `${attribute}: MaintainTime; DescribeBackupPolicy ${instanceId}`,
      params,
      prevents: "InvalidInstanceState, while the instance is maintained or backs itself up.",
      look: () => windowFinding(world),
    },
  ];
}

async function onPage(world: ProbeWorld, finding: Finding): Promise<Finding> {
  const { instanceId, regionId } = await world.instance();
  return { ...finding, link: instanceLink(instanceId, regionId) };
}

async function countFinding(world: ProbeWorld): Promise<Finding> {
  const [instance, databases] = await Promise.all([world.instance(), world.databases()]);
  const limit = instance.maxDatabases;
  const used = databases.length;
  if (limit === null) return { verdict: "unknown", params: { used, limit: 0 }, answer: `${used}` };
  const verdict = used < limit ? "pass" : "block";
  return onPage(world, { verdict, params: { used, limit }, answer: `${used} of ${limit}` });
}

/** A backup can only be restored on the same or a newer version (Alibaba's page on import, SQL Server's error 3169). */
async function versionFinding(world: ProbeWorld): Promise<Finding> {
  const [{ engineVersion }, sourceVersion] = await Promise.all([world.instance(), versionOfSource(world)]);
  const params = { engineVersion, sourceVersion: sourceVersion ?? "" };
  const target = releaseOfEngine(engineVersion);
  const source = sourceVersion === null ? null : releaseOfVersion(sourceVersion);
  const answer = `RDS ${engineVersion}, source ${sourceVersion ?? "unknown"}`;
  if (target === null || source === null) return { verdict: "unknown", params, answer };
  return { verdict: source.rank <= target.rank ? "pass" : "block", params, answer };
}

/** How the first generation is called that RDS offered: https://help.aliyun.com/document_detail/95737.html, with local disks. */
const LOCAL_ENGINE = "2008r2";

/**
 * Instances of 2008 R2 import in another way. With local disks: one full by a signed address (`OSSUrls`) into a database that
 * is there already, opened at once (https://help.aliyun.com/document_detail/95737.html). With cloud disks Alibaba's page on
 * increments counts them in; the API's own text says that `IsOnlineDB` is True and `OSSUrls` is needed for all of them.
 */
async function generationFinding(world: ProbeWorld): Promise<Finding> {
  const { engineVersion, storageType } = await world.instance();
  const isLocal = engineVersion === LOCAL_ENGINE || storageType?.startsWith("local") === true;
  const isCloud = storageType?.startsWith("cloud") === true;
  const disks = isLocal ? "local" : isCloud ? "cloud" : "unknown";
  const params = { engineVersion, disks, method: world.draft.method };
  const answer = `${engineVersion}, ${storageType ?? "storage not told"}`;
  if (releaseOfEngine(engineVersion)?.label !== "2008 R2") return { verdict: "pass", params, answer };
  return onPage(world, { verdict: isLocal ? "block" : "warn", params, answer });
}

async function versionOfSource(world: ProbeWorld): Promise<string | null> {
  if (world.draft.sourceConnectionId !== null) return (await world.identity()).productVersion;
  const reading = await world.firstObject();
  return reading?.ok === true ? (reading.sets[0]?.softwareVersion ?? null) : null;
}

/** No task has such an id: an edition that lists files says so. */
const NO_TASK = "0";

/** Some editions do not list the files of a task: then its own state is all that tells what became of one. */
async function fileListFinding(world: ProbeWorld, instanceId: string): Promise<Finding> {
  const [rds, { engineVersion }] = await Promise.all([world.rds(), world.instance()]);
  try {
    await askPatiently(() => rds.listFiles({ instanceId, taskId: NO_TASK }));
  } catch (error) {
    if (listsNoFiles(error)) return { verdict: "warn", params: { engineVersion }, answer: "not supported" };
    if (!isExternalError(error) || error.fields.kind !== "not_found") throw error;
  }
  return { verdict: "pass", params: { engineVersion }, answer: "supported" };
}

/** With a source server at hand its own probe compares; without one only the person can tell. */
function editionProbes(world: ProbeWorld, instanceId: string): Probe<ProbeId>[] {
  if (world.draft.sourceConnectionId !== null) return [];
  return [
    {
      id: "instance.edition",
      asked: `DescribeDBInstanceAttribute ${instanceId}: EngineVersion`,
      params: { instanceId },
      freshMinutes: 60,
      prevents: `Failed to open database ${world.draft.targetDatabase || "xxx"}.`,
      look: async () => {
        const { engineVersion } = await world.instance();
        const edition = editionOfEngine(engineVersion) ?? "other";
        const hasAll = edition === "enterprise" || edition === "cluster";
        return {
          verdict: hasAll ? "pass" : "unknown",
          params: { engineVersion, edition },
          answer: engineVersion,
        };
      },
    },
  ];
}
