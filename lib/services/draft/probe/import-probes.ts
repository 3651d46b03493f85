import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { countImportsToday, IMPORTS_PER_DAY } from "@/lib/store/import-budget";
import { majorOf } from "../../connection/test-source";
import type { Finding, Probe } from "./probe";
import type { ProbeWorld } from "./probe-world";

/** Keep one for a mistake and one for the cutover's last log. */
const FEW_IMPORTS_LEFT = 4;

/** SQL Server's major version behind the year in an RDS engine version such as `2022_std_ha`. */
const MAJOR_OF_YEAR: Readonly<Record<string, number>> = {
  "2008r2": 10,
  "08r2": 10,
  "2012": 11,
  "2014": 12,
  "2016": 13,
  "2017": 14,
  "2019": 15,
  "2022": 16,
  "2025": 17,
};

/** The instance that will hold the database, and what RDS needs to read the bucket. */
export function importProbes(world: ProbeWorld): Probe<ProbeId>[] {
  if (world.draft.cloudConnectionId === null) return [];
  const roleProbe: Probe<ProbeId> = {
    id: "role.import",
    asked: "GetRole, ListPoliciesForRole AliyunRDSImportRole",
    params: {},
    look: async () => {
      const { state, detail } = await (await world.rds()).checkImportRole();
      const verdict = state === "authorized" ? "pass" : state === "missing" ? "block" : "unknown";
      return { verdict, params: { state }, answer: detail };
    },
  };
  const instanceId = world.draft.instanceId;
  if (instanceId === null) return [roleProbe];
  return [...instanceProbes(world, instanceId), ...databaseProbes(world, instanceId), roleProbe];
}

function instanceProbes(world: ProbeWorld, instanceId: string): Probe<ProbeId>[] {
  const params = { instanceId };
  return [
    {
      id: "instance.running",
      asked: `DescribeDBInstanceAttribute ${instanceId}`,
      params,
      whenUnreachable: "block",
      look: async () => {
        const { status, lockMode } = await world.instance();
        const fine = status === "Running" && lockMode === "Unlock";
        return {
          verdict: fine ? "pass" : "block",
          params: { status, lockMode },
          answer: `${status}, ${lockMode}`,
        };
      },
    },
    {
      id: "instance.version",
      asked: `DescribeDBInstanceAttribute ${instanceId}: EngineVersion`,
      params,
      look: () => versionFinding(world),
    },
    {
      id: "instance.space",
      asked: `DescribeDBInstanceAttribute, DescribeResourceUsage ${instanceId}`,
      params,
      look: () => spaceFinding(world),
    },
    {
      id: "instance.database_count",
      asked: `DescribeDatabases ${instanceId}, DBMaxQuantity`,
      params,
      look: async () => {
        const [instance, databases] = await Promise.all([world.instance(), world.databases()]);
        const limit = instance.maxDatabases;
        const used = databases.length;
        if (limit === null) return { verdict: "unknown", params: { used, limit: 0 }, answer: `${used}` };
        return {
          verdict: used < limit ? "pass" : "block",
          params: { used, limit },
          answer: `${used} of ${limit}`,
        };
      },
    },
  ];
}

function databaseProbes(world: ProbeWorld, instanceId: string): Probe<ProbeId>[] {
  const database = world.draft.targetDatabase.trim();
  if (database === "") return [];
  const params = { instanceId, database };
  return [
    {
      id: "instance.name_free",
      asked: `DescribeDatabases ${instanceId}`,
      params,
      look: async () => {
        const databases = await world.databases();
        const taken = databases.find(({ name }) => name.toLowerCase() === database.toLowerCase());
        return {
          verdict: taken ? "block" : "pass",
          params: {},
          answer: taken ? `${taken.name} (${taken.status})` : `not among ${databases.length} databases`,
        };
      },
    },
    {
      id: "budget.imports",
      asked: `imports of ${database} today, by our own record`,
      params,
      look: async () => {
        const { db, now } = world.ctx;
        const used = await countImportsToday(db, { instanceId, databaseName: database, now: now() });
        const limit = IMPORTS_PER_DAY;
        const left = limit - used;
        return {
          verdict: left <= 0 ? "block" : left < FEW_IMPORTS_LEFT ? "warn" : "pass",
          params: { used, limit },
          answer: `${used} of ${limit}`,
        };
      },
    },
  ];
}

/** A backup can only be restored on the same or a newer version (Alibaba's page on import, SQL Server's error 3169). */
async function versionFinding(world: ProbeWorld): Promise<Finding> {
  const [{ engineVersion }, sourceVersion] = await Promise.all([world.instance(), versionOfSource(world)]);
  const params = { engineVersion, sourceVersion: sourceVersion ?? "" };
  const target = MAJOR_OF_YEAR[engineVersion.split("_")[0]?.toLowerCase() ?? ""];
  const answer = `RDS ${engineVersion}, source ${sourceVersion ?? "unknown"}`;
  if (target === undefined || sourceVersion === null) return { verdict: "unknown", params, answer };
  return { verdict: majorOf(sourceVersion) <= target ? "pass" : "block", params, answer };
}

async function versionOfSource(world: ProbeWorld): Promise<string | null> {
  if (world.draft.sourceConnectionId !== null) return (await world.identity()).productVersion;
  const reading = await world.firstObject();
  return reading?.ok === true ? (reading.sets[0]?.softwareVersion ?? null) : null;
}

/** Restored files take the size they had at the source, however small the backup is. */
async function spaceFinding(world: ProbeWorld): Promise<Finding> {
  const [instance, usage, neededBytes] = await Promise.all([
    world.instance(),
    world.usage(),
    neededSpace(world),
  ]);
  const freeBytes = Math.max(0, instance.storageBytes - usage.diskUsedBytes);
  const answer = `${freeBytes} bytes free of ${instance.storageBytes}`;
  if (neededBytes === null) return { verdict: "unknown", params: { freeBytes, neededBytes: 0 }, answer };
  const verdict = freeBytes > neededBytes ? (freeBytes > neededBytes * 1.2 ? "pass" : "warn") : "block";
  return { verdict, params: { freeBytes, neededBytes }, answer };
}

async function neededSpace(world: ProbeWorld): Promise<number | null> {
  if (world.draft.sourceConnectionId !== null && world.draft.sourceDatabase !== null) {
    const database = await world.database();
    if (!database || database.dataBytes === null) return null;
    return database.dataBytes + (database.logBytes ?? 0);
  }
  const reading = await world.firstObject();
  const full = reading?.ok === true ? reading.sets.find((set) => set.type === "full") : undefined;
  if (!full) return null;
  const files = full.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return files > 0 ? files : full.backupSizeBytes;
}
