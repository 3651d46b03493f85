import { currentCredentials, secretsOf } from "@/lib/diagnosis/cloud-credentials";
import { ExternalError, isExternalError } from "@/lib/diagnosis/external-error";
import { recordCalls } from "@/lib/diagnosis/record-calls";
import { aftercareCalls } from "./aftercare-calls";
import { apiName } from "./api-name";
import { callCallerIdentity } from "./call-caller-identity";
import { checkImportRole } from "./check-import-role";
import { classifyRdsError } from "./classify-rds-error";
import type { RdsAccount, RdsAccountConfig, RdsCallOutcome } from "./rds-account";
import {
  toRdsDatabase,
  toRdsFile,
  toRdsInstance,
  toRdsInstanceDetail,
  toRdsTask,
  toRdsUsage,
} from "./rds-answers";
import { createRdsClients, type RdsClients } from "./rds-clients";
import { formatRdsMinute, formatRdsMinuteAfter } from "./rds-time";
import { checkModeWord, methodWords, ossObjectPosition } from "./rds-words";

const PAGE = 100;
/** Against a service that counts wrongly: no list here has more rows. */
const MOST_PAGES = 500;

/** RDS and the RAM role check over the SDKs, loaded at the first call. Throws ExternalError. */
export function connectRdsAccount(config: RdsAccountConfig): RdsAccount {
  const secrets = new Set<string>();
  const credentials = async () => {
    const keys = await currentCredentials(config);
    for (const secret of secretsOf(keys)) secrets.add(secret);
    return keys;
  };
  let clients: Promise<RdsClients> | null = null;

  async function call<T>(work: (clients: RdsClients) => Promise<T>, changes = false): Promise<T> {
    clients ??= createRdsClients(config, credentials);
    const ready = await clients;
    // They may come from our own store, whose failures are none of RDS: the SDK, which asks again, would make them its own.
    await credentials();
    const { pace } = config;
    if (!changes) await pace?.free();
    let made: string | null = null;
    const note = (method: string) => {
      made = method;
    };
    const [reads, writes] = [recordCalls(ready.reads, note), recordCalls(ready.writes, note)];
    const tell = (outcome: RdsCallOutcome) => config.onCall?.(apiName(made), outcome);
    try {
      const answer = await work({ ...ready, reads, writes, ram: recordCalls(ready.ram, note) });
      tell("ok");
      pace?.answered();
      return answer;
    } catch (error) {
      const classified = classifyRdsError(error, { changes, call: made, secrets: [...secrets] });
      const fields = isExternalError(classified) ? classified.fields : null;
      tell(fields?.kind ?? "invalid");
      if (fields?.kind === "throttled") pace?.throttled(fields.retryAfterMs ?? null);
      throw classified;
    }
  }

  return {
    listInstances: () =>
      listPages(async (pageNumber) => {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeDBInstances(
            new sdk.rds.DescribeDBInstancesRequest({
              regionId: config.regionId,
              engine: "SQLServer",
              pageNumber,
              pageSize: PAGE,
            }),
          ),
        );
        return { rows: (body?.items?.DBInstance ?? []).map(toRdsInstance), total: body?.totalRecordCount };
      }),

    async getInstance(instanceId) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeDBInstanceAttribute(
          new sdk.rds.DescribeDBInstanceAttributeRequest({ DBInstanceId: instanceId }),
        ),
      );
      const attribute = body?.items?.DBInstanceAttribute?.[0];
      if (!attribute)
        throw notFound("InvalidDBInstanceId.NotFound", `No instance ${instanceId}.`, body?.requestId);
      return toRdsInstanceDetail(attribute);
    },

    async getUsage(instanceId) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeResourceUsage(new sdk.rds.DescribeResourceUsageRequest({ DBInstanceId: instanceId })),
      );
      return toRdsUsage(body ?? {});
    },

    listDatabases: (instanceId) =>
      listPages(async (pageNumber) => {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeDatabases(
            new sdk.rds.DescribeDatabasesRequest({ DBInstanceId: instanceId, pageNumber, pageSize: PAGE }),
          ),
        );
        const rows = body?.databases?.database ?? [];
        return { rows: rows.map(toRdsDatabase), total: rows[0]?.totalCount };
      }),

    async checkDatabaseName({ instanceId, databaseName }) {
      try {
        await call(({ sdk, reads }) =>
          reads.checkDBNameAvailable(
            new sdk.rds.CheckDBNameAvailableRequest({ DBInstanceId: instanceId, DBName: databaseName }),
          ),
        );
        return { isFree: true };
      } catch (error) {
        const code = isExternalError(error) ? (error.fields.providerCode ?? "") : "";
        if (!isExternalError(error) || !code.startsWith("InvalidDBName")) throw error;
        return { isFree: false, code, message: error.fields.providerMessage };
      }
    },

    async getBackupWindow(instanceId) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeBackupPolicy(new sdk.rds.DescribeBackupPolicyRequest({ DBInstanceId: instanceId })),
      );
      const { preferredBackupPeriod: days = "", preferredBackupTime: time = "" } = body ?? {};
      return time === "" ? null : { days, time };
    },

    getCaller: () => call(callCallerIdentity),

    ...aftercareCalls(call, listPages),

    async createImport(request) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.createMigrateTask(
            new sdk.rds.CreateMigrateTaskRequest({
              DBInstanceId: request.instanceId,
              DBName: request.databaseName,
              ...methodWords(request.method),
              ...(request.method === "immediate" ? { checkDBMode: checkModeWord(request.checkMode) } : {}),
              ...(request.taskId ? { migrateTaskId: request.taskId } : {}),
              ossObjectPositions: ossObjectPosition(request.object),
            }),
          ),
        true,
      );
      const taskId = body?.migrateTaskId || body?.taskId;
      if (!taskId) throw withoutTaskId(body?.requestId);
      return { taskId, requestId: body?.requestId ?? "" };
    },

    async openDatabase(request) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.createOnlineDatabaseTask(
            new sdk.rds.CreateOnlineDatabaseTaskRequest({
              DBInstanceId: request.instanceId,
              DBName: request.databaseName,
              migrateTaskId: request.taskId,
              checkDBMode: checkModeWord(request.checkMode),
              clientToken: request.clientToken,
            }),
          ),
        true,
      );
      return { requestId: body?.requestId ?? "" };
    },

    async deleteDatabase({ instanceId, databaseName }) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.deleteDatabase(
            new sdk.rds.DeleteDatabaseRequest({ DBInstanceId: instanceId, DBName: databaseName }),
          ),
        true,
      );
      return { requestId: body?.requestId ?? "" };
    },

    listTasks: ({ instanceId, from, to }) =>
      listPages(async (pageNumber) => {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeMigrateTasks(
            new sdk.rds.DescribeMigrateTasksRequest({
              DBInstanceId: instanceId,
              startTime: formatRdsMinute(from),
              endTime: formatRdsMinuteAfter(to),
              pageNumber,
              pageSize: PAGE,
            }),
          ),
        );
        return { rows: (body?.items?.migrateTask ?? []).map(toRdsTask), total: body?.totalRecordCount };
      }),

    async findTask({ instanceId, taskId }) {
      try {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeMigrateTaskById(
            new sdk.rds.DescribeMigrateTaskByIdRequest({ DBInstanceId: instanceId, migrateTaskId: taskId }),
          ),
        );
        return body?.migrateTaskId ? toRdsTask(body) : null;
      } catch (error) {
        if (isExternalError(error) && error.fields.providerCode?.startsWith("InvalidMigrateTask"))
          return null;
        throw error;
      }
    },

    async listFiles({ instanceId, taskId }) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeOssDownloads(
          new sdk.rds.DescribeOssDownloadsRequest({ DBInstanceId: instanceId, migrateTaskId: taskId }),
        ),
      );
      return (body?.items?.ossDownload ?? []).map(toRdsFile);
    },

    checkImportRole: () =>
      checkImportRole({
        async getTrustPolicy(roleName) {
          const { body } = await call(({ sdk, ram }) =>
            ram.getRole(new sdk.ram.GetRoleRequest({ roleName })),
          );
          return body?.role?.assumeRolePolicyDocument ?? "";
        },
        async listPolicies(roleName) {
          const { body } = await call(({ sdk, ram }) =>
            ram.listPoliciesForRole(new sdk.ram.ListPoliciesForRoleRequest({ roleName })),
          );
          return (body?.policies?.policy ?? []).map((policy) => ({
            name: policy.policyName ?? "",
            type: policy.policyType ?? "",
          }));
        },
      }),
  };
}

/** All pages. The end is a page that is not full, or as many rows as the service counts. */
async function listPages<T>(
  load: (pageNumber: number) => Promise<{ rows: T[]; total: number | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber++) {
    const { rows, total } = await load(pageNumber);
    all.push(...rows);
    const isLast = total === undefined || Number.isNaN(total) ? rows.length < PAGE : all.length >= total;
    if (rows.length === 0 || isLast) break;
  }
  return all;
}

function notFound(code: string, message: string, requestId: string | undefined): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "not_found",
    providerCode: code,
    providerMessage: message,
    providerRequestId: requestId ?? null,
    mayHaveHappened: false,
  });
}

function withoutTaskId(requestId: string | undefined): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "unavailable",
    providerCode: "BadAnswer",
    providerMessage: "CreateMigrateTask was answered without a task id.",
    providerRequestId: requestId ?? null,
    mayHaveHappened: true,
  });
}
