import { describe, expect, it } from "vitest";
import { documentedFields } from "./documented-fields";
import { judgeRdsAnswer } from "./rds-assumptions";

describe("documentedFields", () => {
  it("has what the SDK's models name, at every level, and nothing of a call that there is not", async () => {
    expect(await documentedFields("DescribeMigrateTasks")).toEqual(
      expect.arrayContaining(["RequestId", "Items.MigrateTask.Status", "Items.MigrateTask.IsDBReplaced"]),
    );
    // The SDK spells the class CheckDbname.
    expect(await documentedFields("CheckDBNameAvailable")).toContain("RequestId");
    expect(await documentedFields("GetRole")).toContain("Role.AssumeRolePolicyDocument");
    expect(await documentedFields("DescribeNothing")).toBeNull();
  });
});

describe("judgeRdsAnswer", () => {
  const task = {
    MigrateTaskId: "1",
    DBName: "shop",
    BackupMode: "UPDF",
    Status: "Waiting",
    CreateTime: "2026-05-01T00:00Z",
  };
  const answer = (row: object) => ({ RequestId: "R", TotalRecordCount: 1, Items: { MigrateTask: [row] } });

  it("agrees with what the product translates, and names what it does not", async () => {
    expect(await judgeRdsAnswer("DescribeMigrateTasks", answer(task))).toEqual([]);
    const odd = { ...task, Status: "Suspended", BackupMode: "INCR", CreateTime: undefined, Lane: 3 };
    expect(await judgeRdsAnswer("DescribeMigrateTasks", answer(odd))).toEqual([
      { kind: "missing_field", at: "Items.MigrateTask.CreateTime", found: null },
      { kind: "unknown_word", at: "Items.MigrateTask.BackupMode", found: "INCR" },
      { kind: "unknown_word", at: "Items.MigrateTask.Status", found: "Suspended" },
      { kind: "unknown_field", at: "Items.MigrateTask.Lane", found: null },
    ]);
  });

  it("says so of a call that nothing is assumed of", async () => {
    expect(await judgeRdsAnswer("DescribeRegions", {})).toEqual([
      { kind: "unknown_call", at: "DescribeRegions", found: null },
    ]);
  });
});
