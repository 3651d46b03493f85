import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { budgetFinding } from "./budget-finding";
import { fileSizeFinding } from "./file-size-finding";
import type { Finding, Probe } from "./probe";

/** Names that SQL Server or RDS keeps for itself (limits of RDS for SQL Server). */
const RESERVED = new Set(["master", "model", "msdb", "tempdb", "distribution", "resource", "rdscore"]);
const WEEK_MS = 7 * 86_400_000;

/** The database that the import will make: its name, its files, how often RDS still takes one today. */
export function targetProbes(world: ProbeWorld, instanceId: string): Probe<ProbeId>[] {
  const database = world.draft.targetDatabase.trim();
  if (database === "") return [];
  const params = { instanceId, database };
  return [
    {
      id: "instance.name_free",
      asked: `DescribeDatabases, CheckDBNameAvailable ${instanceId} ${database}`,
      params,
      prevents: `The database (${database}) is already exist on RDS, please backup and drop it, then try again.`,
      look: () => nameFinding(world, instanceId, database),
    },
    {
      id: "instance.leftover_files",
      asked: `DescribeMigrateTasks ${instanceId}, last 7 days: imports of ${database}`,
      params,
      prevents: `Failed to restore: files of ${database} lie on the instance already.`,
      look: () => leftoverFinding(world, instanceId, database),
    },
    ...fileSizeProbes(world, params),
    {
      id: "budget.imports",
      asked: `imports of ${database} today: our own record, DescribeMigrateTasks, DescribeOssDownloads`,
      params,
      prevents: "ExceedUploadTime: the number of imports of this database exceeds the limit of one day.",
      look: () => budgetFinding(world, instanceId, database),
    },
  ];
}

function fileSizeProbes(world: ProbeWorld, params: Record<string, string>): Probe<ProbeId>[] {
  const { bucket, firstObjectKey } = world.draft;
  if (bucket === null || firstObjectKey === null) return [];
  return [
    {
      id: "import.file_size",
      asked: `HeadObject ${bucket}/${firstObjectKey}`,
      params,
      prevents: "BakFileSizeExceeded: The size of the backup file exceeds the limit.",
      look: () => fileSizeFinding(world, bucket, firstObjectKey),
    },
  ];
}

/** The list tells what there is, the check also what RDS would not let in. */
async function nameFinding(world: ProbeWorld, instanceId: string, database: string): Promise<Finding> {
  if (RESERVED.has(database.toLowerCase())) {
    return { verdict: "block", params: { cause: "reserved" }, answer: `${database} is a system name` };
  }
  const databases = await world.databases();
  const taken = databases.find(({ name }) => name.toLowerCase() === database.toLowerCase());
  if (taken) {
    return { verdict: "block", params: { cause: "taken" }, answer: `${taken.name} (${taken.status})` };
  }
  const free = `not among ${databases.length} databases`;
  const rds = await world.rds();
  const check = await rds
    .checkDatabaseName({ instanceId, databaseName: database })
    .catch((error: unknown) => {
      if (!isExternalError(error) || error.fields.kind !== "forbidden") throw error;
      return { isFree: true } as const;
    });
  if (check.isFree) {
    const cause = unusualIn(database);
    return cause === null
      ? { verdict: "pass", params: { cause: "free" }, answer: free }
      : { verdict: "warn", params: { cause }, answer: `${free}; CheckDBNameAvailable lets it pass` };
  }
  const answer = `${check.code}: ${check.message}`;
  // The rule of CreateDatabase is narrower than what an import takes: a name of another shape is only to know.
  if (check.code.endsWith(".Format")) return { verdict: "warn", params: { cause: "format" }, answer };
  return {
    verdict: "block",
    params: { cause: check.code.endsWith(".Forbid") ? "reserved" : "taken" },
    answer,
  };
}

/**
 * What is unusual in a name. Which names an import takes is written nowhere; only letters, digits, `_` and `-` are seen in the
 * examples. Null: nothing.
 */
function unusualIn(database: string): "digit" | "letters" | "signs" | null {
  if (/[^\x20-\x7e]/.test(database)) return "letters";
  if (/[^A-Za-z0-9_-]/.test(database)) return "signs";
  return /^\d/.test(database) ? "digit" : null;
}

/** RDS has no call that lists files without a database: only an import that failed is a sign of some. */
async function leftoverFinding(world: ProbeWorld, instanceId: string, database: string): Promise<Finding> {
  const rds = await world.rds();
  const now = world.ctx.now();
  const tasks = await rds.listTasks({
    instanceId,
    from: new Date(now.getTime() - WEEK_MS).toISOString(),
    to: now.toISOString(),
  });
  const failed = tasks.find(
    (task) => task.status === "failed" && task.databaseName.toLowerCase() === database.toLowerCase(),
  );
  if (!failed) {
    return {
      verdict: "unknown",
      params: { at: "" },
      answer: `no failed import among ${tasks.length} tasks; RDS does not list its files`,
    };
  }
  const at = failed.endedAt ?? failed.createdAt ?? "";
  return {
    verdict: "warn",
    params: { at },
    answer: `task ${failed.taskId} failed ${at}: ${failed.description}`,
  };
}
