import type { DescribeBackupsResponseBodyItemsBackup } from "@alicloud/rds20140815";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsBackupJob, RdsBackupLink } from "./rds-account";
import type { RdsClients } from "./rds-clients";
import { formatRdsMinute, formatRdsMinuteAfter, parseRdsTime } from "./rds-time";

type Call = <T>(work: (clients: RdsClients) => Promise<T>, changes?: boolean) => Promise<T>;
type Pages = <T>(
  load: (pageNumber: number) => Promise<{ rows: T[]; total: number | undefined }>,
) => Promise<T[]>;

const PAGE = 100;

type AftercareCalls = Pick<
  RdsAccount,
  | ("getBackupPolicy" | "listAccounts" | "createAccount" | "grantPrivilege")
  | ("createBackup" | "listBackupJobs" | "listBackups")
>;

/**
 * What is asked of RDS once a database is online: accounts, backups, policy.
 * https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-dir
 */
export function aftercareCalls(call: Call, listPages: Pages): AftercareCalls {
  return {
    async getBackupPolicy(instanceId) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeBackupPolicy(new sdk.rds.DescribeBackupPolicyRequest({ DBInstanceId: instanceId })),
      );
      const logs = body?.enableBackupLog ?? body?.backupLog;
      return {
        days: body?.preferredBackupPeriod ?? "",
        time: body?.preferredBackupTime ?? "",
        retentionDays: body?.backupRetentionPeriod ?? null,
        logs: logs === undefined ? null : /^(1|true|enable)$/i.test(logs),
        nextAt: parseRdsTime(body?.preferredNextBackupTime),
      };
    },

    listAccounts: ({ instanceId, name }) =>
      listPages(async (pageNumber) => {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeAccounts(
            new sdk.rds.DescribeAccountsRequest({
              DBInstanceId: instanceId,
              pageNumber,
              pageSize: PAGE,
              ...(name === null ? {} : { accountName: name }),
            }),
          ),
        );
        const rows = (body?.accounts?.DBInstanceAccount ?? []).map((account) => ({
          name: account.accountName ?? "",
          status: account.accountStatus ?? "",
          type: account.accountType ?? "",
          privileges: (account.databasePrivileges?.databasePrivilege ?? []).map((one) => ({
            databaseName: one.DBName ?? "",
            privilege: one.accountPrivilege ?? "",
          })),
        }));
        return { rows, total: body?.totalRecordCount };
      }),

    async createAccount({ instanceId, name, password, description }) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.createAccount(
            new sdk.rds.CreateAccountRequest({
              DBInstanceId: instanceId,
              accountName: name,
              accountPassword: password,
              accountType: "Normal",
              accountDescription: description,
            }),
          ),
        true,
      );
      return { requestId: body?.requestId ?? "" };
    },

    async grantPrivilege({ instanceId, account, databaseName, privilege }) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.grantAccountPrivilege(
            new sdk.rds.GrantAccountPrivilegeRequest({
              DBInstanceId: instanceId,
              accountName: account,
              DBName: databaseName,
              accountPrivilege: privilege,
            }),
          ),
        true,
      );
      return { requestId: body?.requestId ?? "" };
    },

    async createBackup(instanceId) {
      const { body } = await call(
        ({ sdk, writes }) =>
          writes.createBackup(
            new sdk.rds.CreateBackupRequest({
              DBInstanceId: instanceId,
              backupMethod: "Physical",
              backupType: "FullBackup",
            }),
          ),
        true,
      );
      const jobId = body?.backupJobId;
      if (!jobId) throw withoutJobId(body?.requestId);
      return { jobId, requestId: body?.requestId ?? "" };
    },

    async listBackupJobs({ instanceId, jobId }) {
      const { body } = await call(({ sdk, reads }) =>
        reads.describeBackupTasks(
          new sdk.rds.DescribeBackupTasksRequest({
            DBInstanceId: instanceId,
            ...(jobId === null ? {} : { backupJobId: Number(jobId) }),
          }),
        ),
      );
      return (body?.items?.backupJob ?? []).map(
        (job): RdsBackupJob => ({
          jobId: job.backupJobId ?? "",
          backupId: job.backupId || null,
          state: stateOf(job.backupStatus ?? job.backupProgressStatus ?? ""),
          percent: percentOf(job.process),
          manual: job.jobMode === "Manual",
        }),
      );
    },

    listBackups: ({ instanceId, from, to }) =>
      listPages(async (pageNumber) => {
        const { body } = await call(({ sdk, reads }) =>
          reads.describeBackups(
            new sdk.rds.DescribeBackupsRequest({
              DBInstanceId: instanceId,
              startTime: formatRdsMinute(from),
              endTime: formatRdsMinuteAfter(to),
              pageNumber,
              pageSize: PAGE,
            }),
          ),
        );
        const rows = (body?.items?.backup ?? []).map((set) => ({
          backupId: set.backupId ?? "",
          ok: set.backupStatus === "Success",
          manual: set.backupMode === "Manual",
          type: set.backupType ?? "",
          sizeBytes: set.backupSize === undefined ? null : Number(set.backupSize),
          startedAt: parseRdsTime(set.backupStartTime),
          endedAt: parseRdsTime(set.backupEndTime),
          links: linksOf(set),
        }));
        // Counted as text, alone among these calls.
        return { rows, total: Number(body?.totalRecordCount ?? Number.NaN) };
      }),
  };
}

/** One a database where RDS tells them apart, else the one of the whole set. */
function linksOf(set: DescribeBackupsResponseBodyItemsBackup): RdsBackupLink[] {
  const each = (set.backupDownloadLinkByDB?.backupDownloadLinkByDB ?? []).flatMap(
    ({ dataBase, downloadLink, intranetDownloadLink }) =>
      dataBase && downloadLink
        ? [{ database: dataBase, url: downloadLink, intranetUrl: intranetDownloadLink || null }]
        : [],
  );
  if (each.length > 0 || !set.backupDownloadURL) return each;
  return [{ database: null, url: set.backupDownloadURL, intranetUrl: set.backupIntranetDownloadURL || null }];
}

/** NoStart, Preparing, Waiting, Uploading, Checking: it runs. */
function stateOf(word: string): RdsBackupJob["state"] {
  if (word === "Finished") return "finished";
  return word === "Failed" ? "failed" : "running";
}

/** A number as text, with or without a sign for percent. */
function percentOf(text: string | undefined): number | null {
  const percent = Number.parseFloat(text ?? "");
  return Number.isFinite(percent) ? percent : null;
}

function withoutJobId(requestId: string | undefined): ExternalError {
  return new ExternalError({
    system: "rds",
    kind: "unavailable",
    providerCode: "BadAnswer",
    providerMessage: "CreateBackup was answered without a job id.",
    providerRequestId: requestId ?? null,
    mayHaveHappened: true,
  });
}
