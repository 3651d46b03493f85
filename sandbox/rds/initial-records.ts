import { planImportSteps } from "./import-steps";
import type { ImportFile, InstanceRecord, RdsRecords, TaskRecord } from "./records";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

export const SANDBOX_INSTANCE_ID = "rm-sandbox2022ha";

const DATABASES_AN_INSTANCE = 100;

/**
 * Instances that databases of this sandbox can go to: one more for each hundred databases more, since the 500 imports a day that one
 * takes are no more than these need.
 */
export function sandboxInstanceIds(moreDatabases: number): string[] {
  const more = Math.floor(moreDatabases / DATABASES_AN_INSTANCE);
  return [SANDBOX_INSTANCE_ID, ...Array.from({ length: more }, (_, at) => `${SANDBOX_INSTANCE_ID}${at + 2}`)];
}

function instances(regionId: string, nowMs: number): InstanceRecord[] {
  const common = {
    regionId,
    zoneId: `${regionId}-h`,
    collation: "Chinese_PRC_CI_AS",
    timeZone: "China Standard Time",
  };
  return [
    {
      ...common,
      instanceId: SANDBOX_INSTANCE_ID,
      description: "Sandbox: production, SQL Server 2022 Standard",
      status: "Running",
      engineVersion: "2022_std_ha",
      category: "HighAvailability",
      instanceClass: "mssql.x4.large.s2",
      storageGb: 2000,
      maxDatabases: 50,
      createdAtMs: nowMs - 90 * DAY_MS,
      databaseVersion: 957,
    },
    {
      ...common,
      instanceId: "rm-sandbox2016web",
      description: "Sandbox: test, SQL Server 2016 Web",
      status: "Running",
      engineVersion: "2016_web",
      category: "Basic",
      instanceClass: "mssql.x2.medium.w1",
      storageGb: 200,
      maxDatabases: 100,
      createdAtMs: nowMs - 400 * DAY_MS,
      databaseVersion: 852,
    },
    {
      ...common,
      instanceId: "rm-sandbox2019ent",
      description: "Sandbox: SQL Server 2019 Enterprise, class being changed",
      status: "DBInstanceClassChanging",
      engineVersion: "2019_ent",
      category: "AlwaysOn",
      instanceClass: "mssql.x8.xlarge.e2",
      storageGb: 1000,
      maxDatabases: 100,
      createdAtMs: nowMs - 200 * DAY_MS,
      databaseVersion: 904,
    },
  ];
}

/** `yyyyMMddHHmmss`, as Alibaba's backup script names files. */
function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\D/g, "").slice(0, 14);
}

function consoleTask(task: {
  taskId: string;
  databaseName: string;
  createdAtMs: number;
  file: Omit<ImportFile, "acceptedAtMs" | "steps" | "ok">;
}): TaskRecord {
  const { failure } = task.file;
  const planned = { ...task.file, acceptedAtMs: task.createdAtMs };
  const steps = planImportSteps(planned, 1, failure === "" ? null : "check");
  const restoredAtMs = steps.at(-1)?.atMs ?? task.createdAtMs;
  return {
    taskId: task.taskId,
    instanceId: SANDBOX_INSTANCE_ID,
    databaseName: task.databaseName,
    backupMode: "FULL",
    createdAtMs: task.createdAtMs,
    files: [{ ...planned, steps, ok: failure === "", failure }],
    target:
      failure === ""
        ? {
            databaseName: task.databaseName,
            familyGuid: null,
            redoLsn: "0",
            forkGuid: null,
            fullGuid: null,
            fullCheckpointLsn: null,
          }
        : null,
    sizeBytes: failure === "" ? 18 * 1024 ** 3 : 0,
    opening:
      failure === ""
        ? {
            acceptedAtMs: restoredAtMs,
            checkMode: "AsyncExecuteDBCheck",
            onlineAtMs: restoredAtMs + 2 * 60_000,
            checkedAtMs: restoredAtMs + 20 * 60_000,
            failure: "",
          }
        : null,
    terminatedAtMs: null,
    droppedAtMs: null,
  };
}

/** What there is before anybody did anything: three instances, and imports made in the console in the last days. */
export function initialRecords(regionId: string, nowMs: number): RdsRecords {
  const failedName = `sales_archive_DIFF_${stampOf(nowMs - 27 * HOUR_MS)}.bak`;
  return {
    nextId: 106_130,
    instances: instances(regionId, nowMs),
    databases: [
      {
        instanceId: SANDBOX_INSTANCE_ID,
        name: "monitoring",
        collation: "Chinese_PRC_CI_AS",
        description: "",
        sizeBytes: 2 * 1024 ** 3,
      },
    ],
    tasks: [
      consoleTask({
        taskId: "106121",
        databaseName: "hr_portal",
        createdAtMs: nowMs - 3 * DAY_MS - 5 * HOUR_MS,
        file: {
          bucket: "earlier-imports",
          key: `hr/hr_portal_FULL_${stampOf(nowMs - 3 * DAY_MS - 7 * HOUR_MS)}.bak`,
          sizeBytes: 6 * 1024 ** 3,
          backupMode: "Database",
          failure: "",
        },
      }),
      consoleTask({
        taskId: "106127",
        databaseName: "sales_archive",
        createdAtMs: nowMs - 26 * HOUR_MS,
        file: {
          bucket: "earlier-imports",
          key: `sales/${failedName}`,
          sizeBytes: 900 * 1024 ** 2,
          backupMode: "Differential_Database",
          failure: `Backup set (${failedName}) is a Database Differential backup, we only accept a FULL Backup.`,
        },
      }),
    ],
    accounts: [
      {
        instanceId: SANDBOX_INSTANCE_ID,
        name: "dba_admin",
        type: "Super",
        description: "",
        checkPolicy: true,
        privileges: [{ databaseName: "monitoring", privilege: "DBOwner" }],
      },
    ],
    backups: [
      {
        instanceId: SANDBOX_INSTANCE_ID,
        jobId: 106_119,
        backupId: "1000106119",
        mode: "Automated",
        method: "Physical",
        strategy: "instance",
        databaseNames: ["monitoring", "hr_portal"],
        startedAtMs: nowMs - 10 * HOUR_MS,
        endedAtMs: nowMs - 9.5 * HOUR_MS,
        sizeBytes: 7 * 1024 ** 3,
      },
    ],
    ledger: [],
    openTokens: [],
    importRolePresent: true,
    lostImportKeys: [],
    openAnswerLost: false,
  };
}

/** For so many databases more: instances hold more of them, and `sandboxInstanceIds` are all there, each like the first. */
export function makeRoom(records: RdsRecords, moreDatabases: number): void {
  const [first] = records.instances;
  if (first === undefined) return;
  const [, ...others] = sandboxInstanceIds(moreDatabases);
  const accounts = records.accounts.filter(({ instanceId }) => instanceId === first.instanceId);
  for (const instanceId of others) {
    records.instances.push({ ...first, instanceId });
    records.accounts.push(...accounts.map((account) => ({ ...account, instanceId })));
  }
  for (const instance of records.instances) instance.maxDatabases += moreDatabases;
}
