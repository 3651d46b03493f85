import { usedSpaceAt } from "./instance-space";
import {
  formatInstant,
  getInstance,
  pageOf,
  type RdsCall,
  type RdsContext,
  requireParameter,
} from "./rds-context";
import type { InstanceRecord } from "./records";

const YEAR_MS = 365 * 86_400_000;

function describeInstance({ scenario }: RdsContext, instance: InstanceRecord) {
  return {
    DBInstanceId: instance.instanceId,
    DBInstanceDescription: instance.description,
    DBInstanceStatus: instance.status,
    Engine: "SQLServer",
    EngineVersion: instance.engineVersion,
    Category: instance.category,
    RegionId: instance.regionId,
    ZoneId: instance.zoneId,
    DBInstanceClass: instance.instanceClass,
    DBInstanceStorageType: scenario.current.instanceStorageType ?? "cloud_essd",
    DBInstanceType: "Primary",
    DBInstanceNetType: "Intranet",
    InstanceNetworkType: "VPC",
    ConnectionMode: "Standard",
    ConnectionString: `${instance.instanceId}.sqlserver.rds.aliyuncs.com`,
    LockMode: "Unlock",
    PayType: "Postpaid",
    VpcId: "vpc-sandbox",
  };
}

/** DescribeRegions: a row for each zone. */
export function describeRegions(context: RdsContext, call: RdsCall): object {
  const isChinese = (call.parameters.get("AcceptLanguage") ?? "zh-CN") === "zh-CN";
  const name = isChinese ? "华东 1（杭州）" : "China (Hangzhou)";
  const zones = ["h", "i", "j"].map((letter) => ({
    RegionId: context.regionId,
    RegionEndpoint: "rds.aliyuncs.com",
    LocalName: name,
    ZoneId: `${context.regionId}-${letter}`,
    ZoneName: `${name} ${letter.toUpperCase()}`,
  }));
  return { Regions: { RDSRegion: zones } };
}

/** DescribeDBInstances, with the filters a picker uses. */
export function describeDBInstances(context: RdsContext, call: RdsCall): object {
  const regionId = requireParameter(call, "RegionId");
  const filter = (name: string) => call.parameters.get(name) ?? "";
  const matches = (asked: string, value: string) => asked === "" || asked === value;
  const instances = context.records.instances.filter(
    (instance) =>
      instance.regionId === regionId &&
      matches(filter("Engine").toLowerCase(), "sqlserver") &&
      matches(filter("DBInstanceId"), instance.instanceId) &&
      matches(filter("DBInstanceStatus"), instance.status) &&
      matches(filter("EngineVersion"), instance.engineVersion) &&
      `${instance.instanceId} ${instance.description}`.includes(filter("SearchKey")),
  );
  const { rows, ...counts } = pageOf(call, instances, { default: 30, max: 100 });
  const { isUnfamiliar } = context.scenario.current;
  const DBInstance = rows.map((instance) => ({
    ...describeInstance(context, instance),
    // None of those that a migration goes to.
    ...(isUnfamiliar && instance.status !== "Running" ? { DBInstanceStatus: "Hibernating" } : {}),
    CreateTime: formatInstant(instance.createdAtMs),
    ExpireTime: "",
    DeletionProtection: false,
  }));
  return { ...counts, Items: { DBInstance } };
}

/** DescribeDBInstanceAttribute. */
export function describeDBInstanceAttribute(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call, "InvalidDBInstanceId.NotFound");
  const used = usedSpaceAt(context.records, instance, context.now());
  const attribute = {
    ...describeInstance(context, instance),
    DBMaxQuantity: instance.maxDatabases,
    AccountMaxQuantity: 500,
    DBInstanceStorage: instance.storageGb,
    DBInstanceDiskUsed: String(used.diskBytes),
    DBInstanceCPU: "4",
    DBInstanceMemory: 16_384,
    DBInstanceClassType: "x",
    Collation: instance.collation,
    TimeZone: instance.timeZone,
    Port: "1433",
    MaintainTime: "18:00Z-22:00Z",
    CreationTime: formatInstant(instance.createdAtMs),
    ExpireTime: "",
    SuperPermissionMode: "Disabled",
    AdvancedFeatures: "",
    IPType: "IPv4",
    SecurityIPMode: "normal",
    Extra: { RecoveryModel: "FULL" },
    ...(context.scenario.current.isUnfamiliar ? { HibernationPolicy: { IdleMinutes: 30 } } : {}),
  };
  return { Items: { DBInstanceAttribute: [attribute] } };
}

/** DescribeResourceUsage, in bytes; -1 for what SQL Server has none of. */
export function describeResourceUsage(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const used = usedSpaceAt(context.records, instance, context.now());
  return {
    DBInstanceId: instance.instanceId,
    Engine: "SQLServer",
    DiskUsed: used.diskBytes,
    DataSize: used.dataBytes,
    LogSize: used.logBytes,
    BackupSize: used.backupBytes,
    BackupDataSize: used.backupBytes,
    BackupLogSize: 0,
    SQLSize: -1,
    ColdBackupSize: -1,
  };
}

/** CheckInstanceExist: answers, whether there is one or not. */
export function checkInstanceExist(context: RdsContext, call: RdsCall): object {
  const id = requireParameter(call, "DBInstanceId");
  return { IsExistInstance: context.records.instances.some((instance) => instance.instanceId === id) };
}

/** DescribeDBInstanceNetInfo. */
export function describeDBInstanceNetInfo(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const address = {
    ConnectionString: `${instance.instanceId}.sqlserver.rds.aliyuncs.com`,
    ConnectionStringType: "Normal",
    IPAddress: "192.168.0.10",
    IPType: "Private",
    Port: "1433",
    VPCId: "vpc-sandbox",
    VSwitchId: "vsw-sandbox",
    Upgradeable: "Disabled",
    SecurityIPGroups: {
      securityIPGroup: [{ SecurityIPGroupName: "default", SecurityIPs: "192.168.0.0/16" }],
    },
  };
  return {
    InstanceNetworkType: "VPC",
    SecurityIPMode: "normal",
    DBInstanceNetInfos: { DBInstanceNetInfo: [address] },
  };
}

/** DescribeAvailableClasses: the classes the sandbox's instances have, each with its range of storage in GB. */
export function describeAvailableClasses(context: RdsContext, call: RdsCall): object {
  for (const name of ["RegionId", "ZoneId", "Engine", "EngineVersion", "DBInstanceStorageType", "Category"]) {
    requireParameter(call, name);
  }
  const classes = new Set(context.records.instances.map((instance) => instance.instanceClass));
  return {
    DBInstanceClasses: [...classes].map((name) => ({
      DBInstanceClass: name,
      DBInstanceStorageRange: { MinValue: 20, MaxValue: 32_000, Step: 5 },
    })),
  };
}

/** DescribeErrorLogs: the instance's SQL Server logs its recoveries, one line an opened database. */
export function describeErrorLogs(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  requireParameter(call, "StartTime");
  requireParameter(call, "EndTime");
  const nowMs = context.now();
  const lines = context.records.tasks.flatMap((task) => {
    const { opening } = task;
    if (task.instanceId !== instance.instanceId || opening === null || opening.onlineAtMs > nowMs) return [];
    if (opening.onlineAtMs < nowMs - YEAR_MS) return [];
    return [
      {
        CreateTime: formatInstant(opening.onlineAtMs),
        ErrorInfo: `Recovery completed for database ${task.databaseName}. This is an informational message only. No user action is required.`,
      },
    ];
  });
  const { rows, ...counts } = pageOf(call, lines, { default: 30, max: 100 });
  return { ...counts, Items: { ErrorLog: rows } };
}
