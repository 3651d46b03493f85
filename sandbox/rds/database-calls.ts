import { isSystemDatabase } from "./import-checks";
import { getInstance, pageOf, type RdsCall, type RdsContext, requireParameter } from "./rds-context";
import { RdsError } from "./rds-error";
import type { InstanceRecord } from "./records";
import { databaseStandingAt, databasesAt, isSameName, type PresentDatabase } from "./task-standing";

/** Databases on an instance and those a running task has a claim on. */
function isNameTaken(context: RdsContext, instance: InstanceRecord, name: string): boolean {
  const nowMs = context.now();
  return (
    databasesAt(context.records, instance, nowMs).some((database) => isSameName(database.name, name)) ||
    context.records.tasks.some(
      (task) =>
        task.instanceId === instance.instanceId &&
        isSameName(task.databaseName, name) &&
        databaseStandingAt(task, nowMs) !== "absent",
    )
  );
}

function assertFree(context: RdsContext, instance: InstanceRecord, name: string): void {
  if (isSystemDatabase(name)) throw new RdsError("InvalidDBName.Forbid");
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) throw new RdsError("InvalidDBName.Format");
  if (isNameTaken(context, instance, name)) throw new RdsError("InvalidDBName.Duplicate");
}

function describeDatabase(context: RdsContext, instance: InstanceRecord, database: PresentDatabase) {
  const privileges = context.records.accounts.flatMap((account) =>
    account.instanceId !== instance.instanceId
      ? []
      : account.privileges
          .filter((one) => isSameName(one.databaseName, database.name))
          .map((one) => ({ Account: account.name, AccountPrivilege: one.privilege })),
  );
  const property = (name: string, value: string) => ({
    databasePropertyName: name,
    currentValue: value,
    allowedValues: [],
    allowModify: false,
    excludeLock: false,
  });
  return {
    DBName: database.name,
    DBInstanceId: instance.instanceId,
    DBDescription: database.description,
    DBStatus: database.status,
    Engine: "SQLServer",
    CharacterSetName: database.collation,
    Accounts: { AccountPrivilegeInfo: privileges },
    BasicInfo: { BasicDbProperty: [property("collation_name", database.collation)] },
    RuntimeInfo: {
      RuntimeDbProperty: [property("TotalDataSizeInMB", String(Math.ceil(database.sizeBytes / 1024 ** 2)))],
    },
    AdvancedInfo: { AdvancedDbProperty: [property("recovery_model_desc", "FULL")] },
  };
}

/** DescribeDatabases. */
export function describeDatabases(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const name = call.parameters.get("DBName") ?? "";
  const status = call.parameters.get("DBStatus") ?? "";
  const databases = databasesAt(context.records, instance, context.now()).filter(
    (database) =>
      (name === "" || isSameName(database.name, name)) && (status === "" || database.status === status),
  );
  const { rows, PageNumber } = pageOf(call, databases, { default: 30, max: 100 });
  return {
    Databases: {
      Database: rows.map((database) => ({
        ...describeDatabase(context, instance, database),
        PageNumber,
        PageSize: rows.length,
        TotalCount: databases.length,
      })),
    },
  };
}

/** CheckDBNameAvailable: an answer without an error means that the name is free. */
export function checkDBNameAvailable(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  assertFree(context, instance, requireParameter(call, "DBName"));
  return {};
}

/** CreateDatabase. */
export function createDatabase(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const name = requireParameter(call, "DBName");
  const collation = requireParameter(call, "CharacterSetName");
  if (instance.status !== "Running") throw new RdsError("IncorrectDBInstanceState");
  assertFree(context, instance, name);
  if (databasesAt(records, instance, context.now()).length >= instance.maxDatabases) {
    throw new RdsError("InvalidParameter", {
      as: "SqlExcutionFailed",
      message: "The number of databases exceeds the limit.",
    });
  }
  const description = call.parameters.get("DBDescription") ?? "";
  const sizeBytes = 16 * 1024 ** 2;
  records.databases.push({ instanceId: instance.instanceId, name, collation, description, sizeBytes });
  context.save();
  return {};
}

/** DeleteDatabase: not while it is being restored. */
export function deleteDatabase(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const name = requireParameter(call, "DBName");
  if (instance.status !== "Running") throw new RdsError("IncorrectDBInstanceState");
  const database = databasesAt(records, instance, context.now()).find((one) => isSameName(one.name, name));
  if (database === undefined) throw new RdsError("InvalidDBName.NotFound");
  if (database.status !== "Running") throw new RdsError("IncorrectDBState");
  if (database.task !== null) database.task.droppedAtMs = context.now();
  records.databases = records.databases.filter(
    (one) => one.instanceId !== instance.instanceId || !isSameName(one.name, name),
  );
  for (const account of records.accounts) {
    if (account.instanceId !== instance.instanceId) continue;
    account.privileges = account.privileges.filter((one) => !isSameName(one.databaseName, name));
  }
  context.save();
  return {};
}
