import * as ram from "@alicloud/ram20150501";
import * as rds from "@alicloud/rds20140815";
import { describe, expect, it } from "vitest";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import {
  clientOf,
  code,
  config,
  connect,
  DIFFERENTIAL,
  FULL,
  findTask,
  HOUR_MS,
  importFile,
  importToEnd,
  LOG,
  ledger,
  openDatabase,
  passTime,
  put,
  rdsUrl,
  restartServers,
  serveEachTest,
} from "./rds-fixture";

serveEachTest();

describe("signatures and actions", () => {
  const regions = new rds.DescribeRegionsRequest({});

  it("a wrong secret and an unknown key are told apart", async () => {
    await expect(connect("guess").describeRegions(regions)).rejects.toMatchObject(
      code("SignatureDoesNotMatch", 400),
    );
    await expect(connect("x", "nobody").describeRegions(regions)).rejects.toMatchObject(
      code("InvalidAccessKeyId.NotFound", 404),
    );
  });

  it("an unsigned request and an unknown action are refused", async () => {
    const response = await fetch(rdsUrl("/?Action=DescribeRegions"), {
      method: "POST",
    });
    expect(await response.json()).toMatchObject({ Code: "IncompleteSignature" });
    expect(response.status).toBe(400);
    const request = new rds.DescribeTasksRequest({ DBInstanceId: SANDBOX_INSTANCE_ID });
    await expect(connect().describeTasks(request)).rejects.toMatchObject(code("InvalidAction.NotFound", 404));
  });

  it("a missing parameter is named", async () => {
    const request = new rds.CheckDBNameAvailableRequest({ DBInstanceId: SANDBOX_INSTANCE_ID });
    await expect(connect().checkDBNameAvailable(request)).rejects.toMatchObject(code("MissingDBName", 400));
  });
});

describe("scenarios", () => {
  it("answer-lost: the first two files and the opening are accepted without an answer, once each", async () => {
    await restartServers("answer-lost");
    await put("full.bak", FULL);
    await put("log.trn", LOG);
    await put("diff.diff", DIFFERENTIAL);
    await expect(importFile("full.bak")).rejects.toThrow();
    expect(await ledger()).toEqual(["full.bak"]);
    passTime(60_000);
    const tasks = await connect().describeMigrateTasks(
      new rds.DescribeMigrateTasksRequest({
        DBInstanceId: SANDBOX_INSTANCE_ID,
        startTime: `${new Date(Date.now() - HOUR_MS).toISOString().slice(0, 16)}Z`,
        endTime: `${new Date(Date.now() + HOUR_MS).toISOString().slice(0, 16)}Z`,
      }),
    );
    const taskId = tasks.body?.items?.migrateTask?.[0]?.migrateTaskId ?? "";
    await restartServers("answer-lost");
    await expect(importFile("log.trn", { taskId })).rejects.toThrow();
    passTime(60_000);
    await importToEnd("diff.diff", { taskId });
    await expect(openDatabase(taskId, "token")).rejects.toThrow();
    await openDatabase(taskId, "token");
    expect(await ledger()).toEqual(["full.bak", "log.trn", "diff.diff"]);
  });

  it("throttling: some calls are refused and have no effect, the same calls repeated go through", async () => {
    await restartServers("throttling");
    await put("full.bak", FULL);
    await expect(importFile("full.bak")).rejects.toMatchObject({
      name: "ThrottlingError",
      code: "Throttling.User",
    });
    expect(await ledger()).toEqual([]);
    const taskId = await importToEnd("full.bak");
    const outcomes: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      outcomes.push(
        await findTask(taskId).then(
          (task) => task?.status ?? "",
          (error: { statusCode: number }) => String(error.statusCode),
        ),
      );
    }
    expect(outcomes[0]).toBe("400");
    expect(outcomes.slice(1, 4)).toEqual(["Waiting", "Waiting", "Waiting"]);
    expect(outcomes.slice(4).sort()).toEqual(["503", "Waiting", "Waiting", "Waiting"]);
  });
});

describe("looking around", () => {
  const DBInstanceId = SANDBOX_INSTANCE_ID;

  it("shows regions, instances, their attributes and space", async () => {
    const client = connect();
    expect(
      (await client.describeRegions(new rds.DescribeRegionsRequest({}))).body?.regions?.RDSRegion,
    ).toHaveLength(3);
    const listed = await client.describeDBInstances(
      new rds.DescribeDBInstancesRequest({ regionId: "cn-hangzhou", engine: "SQLServer" }),
    );
    expect(listed.body?.items?.DBInstance?.map((one) => [one.DBInstanceId, one.DBInstanceStatus])).toEqual([
      ["rm-sandbox2022ha", "Running"],
      ["rm-sandbox2016web", "Running"],
      ["rm-sandbox2019ent", "DBInstanceClassChanging"],
    ]);
    const attribute = await client.describeDBInstanceAttribute(
      new rds.DescribeDBInstanceAttributeRequest({ DBInstanceId }),
    );
    expect(attribute.body?.items?.DBInstanceAttribute?.[0]).toMatchObject({
      engineVersion: "2022_std_ha",
      category: "HighAvailability",
      DBInstanceStorage: 2000,
      DBMaxQuantity: 50,
    });
    const usage = await client.describeResourceUsage(new rds.DescribeResourceUsageRequest({ DBInstanceId }));
    expect(usage.body?.diskUsed).toBe(32 * 1024 ** 3);
    const exists = await client.checkInstanceExist(
      new rds.CheckInstanceExistRequest({ DBInstanceId: "rm-none" }),
    );
    expect(exists.body?.isExistInstance).toBe(false);
    const net = await client.describeDBInstanceNetInfo(
      new rds.DescribeDBInstanceNetInfoRequest({ DBInstanceId }),
    );
    expect(net.body?.DBInstanceNetInfos?.DBInstanceNetInfo?.[0]?.port).toBe("1433");
    const classes = await client.describeAvailableClasses(
      new rds.DescribeAvailableClassesRequest({
        regionId: "cn-hangzhou",
        zoneId: "cn-hangzhou-h",
        engine: "SQLServer",
        engineVersion: "2022_std_ha",
        DBInstanceStorageType: "cloud_essd",
        category: "HighAvailability",
      }),
    );
    expect(classes.body?.DBInstanceClasses?.[0]?.DBInstanceStorageRange?.step).toBe(5);
    const unknown = new rds.DescribeDBInstanceAttributeRequest({ DBInstanceId: "rm-none" });
    await expect(client.describeDBInstanceAttribute(unknown)).rejects.toMatchObject(
      code("InvalidDBInstanceId.NotFound", 400),
    );
  });

  it("shows the tasks of the window, those made in the console too", async () => {
    await put("full.bak", FULL);
    await importFile("full.bak");
    const minute = (atMs: number) => `${new Date(atMs).toISOString().slice(0, 16)}Z`;
    const list = async (fromMs: number) => {
      const [startTime, endTime] = [minute(Date.now() - fromMs), minute(Date.now() + 60_000)];
      const request = new rds.DescribeMigrateTasksRequest({ DBInstanceId, startTime, endTime });
      const { body } = await connect().describeMigrateTasks(request);
      return body?.items?.migrateTask?.map((task) => [task.DBName, task.status]);
    };
    expect(await list(7 * 24 * HOUR_MS)).toEqual([
      ["shop", "NoStart"],
      ["sales_archive", "Failed"],
      ["hr_portal", "Success"],
    ]);
    expect(await list(HOUR_MS)).toEqual([["shop", "NoStart"]]);
    const malformed = new rds.DescribeMigrateTasksRequest({
      DBInstanceId,
      startTime: "yesterday",
      endTime: "today",
    });
    await expect(connect().describeMigrateTasks(malformed)).rejects.toMatchObject(
      code("InvalidStartTimeAndEndTime.Malformed", 400),
    );
  });

  it("tells the role that lets RDS read OSS, and nothing of another", async () => {
    const client = new (clientOf<ram.default>(ram))(config());
    const { body } = await client.getRole(new ram.GetRoleRequest({ roleName: "AliyunRDSImportRole" }));
    expect(body?.role?.assumeRolePolicyDocument).toContain("rds.aliyuncs.com");
    const policies = await client.listPoliciesForRole(
      new ram.ListPoliciesForRoleRequest({ roleName: "AliyunRDSImportRole" }),
    );
    expect(policies.body?.policies?.policy?.[0]).toMatchObject({
      policyName: "AliyunRDSImportRolePolicy",
      policyType: "System",
    });
    await expect(client.getRole(new ram.GetRoleRequest({ roleName: "Other" }))).rejects.toMatchObject(
      code("EntityNotExist.Role", 404),
    );
  });
});

describe("databases, accounts and backups", () => {
  const DBInstanceId = SANDBOX_INSTANCE_ID;

  it("are created, granted, backed up and dropped", async () => {
    const client = connect();
    const name = { DBInstanceId, DBName: "crm" };
    await client.checkDBNameAvailable(new rds.CheckDBNameAvailableRequest(name));
    await client.createDatabase(
      new rds.CreateDatabaseRequest({ ...name, characterSetName: "Chinese_PRC_CI_AS" }),
    );
    await expect(
      client.checkDBNameAvailable(new rds.CheckDBNameAvailableRequest(name)),
    ).rejects.toMatchObject(code("InvalidDBName.Duplicate", 400));
    const account = { DBInstanceId, accountName: "crm_app" };
    const create = (accountPassword: string) =>
      client.createAccount(
        new rds.CreateAccountRequest({ ...account, accountPassword, accountType: "Normal" }),
      );
    await expect(create("short")).rejects.toMatchObject(code("InvalidAccountPassword.Format", 400));
    await create("Long-enough-1");
    const privilege = { ...account, DBName: "crm", accountPrivilege: "DBOwner" };
    await client.grantAccountPrivilege(new rds.GrantAccountPrivilegeRequest(privilege));
    const accounts = await client.describeAccounts(new rds.DescribeAccountsRequest(account));
    expect(
      accounts.body?.accounts?.DBInstanceAccount?.[0]?.databasePrivileges?.databasePrivilege,
    ).toMatchObject([{ DBName: "crm", accountPrivilege: "DBOwner" }]);

    const backup = await client.createBackup(new rds.CreateBackupRequest({ DBInstanceId, DBName: "crm" }));
    const jobs = () => client.describeBackupTasks(new rds.DescribeBackupTasksRequest({ DBInstanceId }));
    expect((await jobs()).body?.items?.backupJob?.[0]).toMatchObject({
      backupJobId: backup.body?.backupJobId,
      backupStatus: "Preparing",
    });
    await expect(client.createBackup(new rds.CreateBackupRequest({ DBInstanceId }))).rejects.toMatchObject(
      code("BackupJobExists", 400),
    );
    passTime(60_000);
    expect((await jobs()).body?.items?.backupJob?.[0]?.process).toBe("100");
    const sets = await client.describeBackups(
      new rds.DescribeBackupsRequest({ DBInstanceId, backupMode: "Manual" }),
    );
    expect(sets.body?.items?.backup).toHaveLength(1);
    const policy = await client.describeBackupPolicy(new rds.DescribeBackupPolicyRequest({ DBInstanceId }));
    expect(policy.body?.backupRetentionPeriod).toBe(7);

    await client.deleteDatabase(new rds.DeleteDatabaseRequest(name));
    await client.checkDBNameAvailable(new rds.CheckDBNameAvailableRequest(name));
  });

  it("are out of reach while a database is being restored", async () => {
    await put("full.bak", FULL);
    await importToEnd("full.bak");
    const client = connect();
    await expect(
      client.grantAccountPrivilege(
        new rds.GrantAccountPrivilegeRequest({
          DBInstanceId,
          accountName: "dba_admin",
          DBName: "shop",
          accountPrivilege: "DBOwner",
        }),
      ),
    ).rejects.toMatchObject(code("DbRestoring", 400));
    await expect(
      client.deleteDatabase(new rds.DeleteDatabaseRequest({ DBInstanceId, DBName: "shop" })),
    ).rejects.toMatchObject(code("IncorrectDBState", 403));
  });
});
