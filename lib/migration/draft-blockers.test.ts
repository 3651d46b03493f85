import { describe, expect, test } from "vitest";
import {
  type DraftFacts,
  type DraftSurroundings,
  draftBlockers,
  type OtherMigration,
} from "./draft-blockers";

const DRAFT: DraftFacts = {
  sourceConnectionId: "src",
  sourceDatabase: "Shop",
  transport: "shared_folder",
  backupBy: "app",
  sourceFolder: "D:\\Backup\\",
  localFolder: "/mnt/backup",
  cloudConnectionId: "cloud",
  bucket: "staging",
  prefix: "shop/",
  instanceId: "rm-1",
  targetDatabase: "shop",
  method: "access_pending",
  schedule: { mode: "manual" },
};
const OTHER: OtherMigration = {
  name: "other",
  sourceConnectionId: "src2",
  sourceDatabase: "Else",
  backupBy: "app",
  cloudConnectionId: "cloud",
  bucket: "staging",
  prefix: "else/",
  instanceId: "rm-1",
  targetDatabase: "else",
};

function reasons(draft: Partial<DraftFacts>, others: Partial<OtherMigration>[] = []): string[] {
  const around: DraftSurroundings = {
    sqlServers: new Set(["src", "src2"]),
    cloudAccounts: new Set(["cloud"]),
    others: others.map((other) => ({ ...OTHER, ...other })),
  };
  return draftBlockers({ ...DRAFT, ...draft }, around).map((blocker) => blocker.reason);
}

test("a complete draft may start", () => {
  expect(reasons({})).toEqual([]);
  expect(reasons({}, [{}])).toEqual([]);
});

test("an empty draft lists everything that is missing, in the order of the wizard", () => {
  const empty: Partial<DraftFacts> = {
    sourceConnectionId: null,
    sourceDatabase: null,
    sourceFolder: " ",
    localFolder: "",
    cloudConnectionId: null,
    bucket: null,
    prefix: "",
    instanceId: null,
    targetDatabase: " ",
  };
  expect(reasons(empty)).toEqual([
    "source_connection_missing",
    "source_database_missing",
    "source_folder_missing",
    "local_folder_missing",
    "cloud_connection_missing",
    "bucket_missing",
    "instance_missing",
    "target_database_missing",
  ]);
});

describe("the source", () => {
  test("is not needed while others take the backups", () => {
    const draft: Partial<DraftFacts> = {
      backupBy: "others",
      transport: "bucket_watch",
      sourceConnectionId: null,
      sourceDatabase: null,
      sourceFolder: "",
      localFolder: "",
    };
    expect(reasons(draft)).toEqual([]);
    expect(reasons({ ...draft, transport: "shared_folder" })).toEqual(["local_folder_missing"]);
    expect(reasons({ ...draft, schedule: { mode: "every" } })).toEqual(["schedule_needs_app"]);
  });

  test("must still exist", () => {
    expect(reasons({ sourceConnectionId: "gone" })).toEqual(["source_connection_gone"]);
    expect(reasons({ sourceConnectionId: "cloud" })).toEqual(["source_connection_gone"]);
    expect(reasons({ cloudConnectionId: "gone" })).toContain("cloud_connection_gone");
  });

  test("is not backed up by two migrations at once; names compare without case", () => {
    const rival = { sourceConnectionId: "src", sourceDatabase: "SHOP" };
    expect(reasons({}, [rival])).toEqual(["source_in_use"]);
    expect(reasons({}, [{ ...rival, backupBy: "others" }])).toEqual([]);
  });

  test.each([
    ["D:\\Backup", []],
    ["D:/Backup", []],
    ["\\\\nas\\share", []],
    ["/var/opt/mssql/backup", []],
    ["Backup", ["source_folder_relative"]],
    ["D:", ["source_folder_relative"]],
  ])("folder %s", (sourceFolder, expected) => {
    expect(reasons({ sourceFolder })).toEqual(expected);
  });
});

describe("the target", () => {
  test.each([
    ["shop", []],
    ["Shop_2026-copy", []],
    ["MASTER", ["target_database_system"]],
    ["tempdb", ["target_database_system"]],
    ["9lives", ["target_database_invalid"]],
    ["a:b", ["target_database_invalid"]],
    ["数据库", ["target_database_invalid"]],
    ["x".repeat(65), ["target_database_invalid"]],
  ])("database %s", (targetDatabase, expected) => {
    expect(reasons({ targetDatabase })).toEqual(expected);
  });

  test("is not filled by two migrations at once", () => {
    expect(reasons({}, [{ targetDatabase: "Shop" }])).toEqual(["target_in_use"]);
    expect(reasons({}, [{ targetDatabase: "shop", instanceId: "rm-2" }])).toEqual([]);
    // A second key of the same account reaches the same instance.
    expect(reasons({}, [{ targetDatabase: "Shop", cloudConnectionId: "second-key" }])).toEqual([
      "target_in_use",
    ]);
  });

  test.each([
    ["", []],
    ["a/b-c_1.2/", []],
    ["/a", ["prefix_invalid"]],
    ["a//b", ["prefix_invalid"]],
    ["a:b/", ["prefix_invalid"]],
    ["备份/", ["prefix_invalid"]],
  ])("prefix %j", (prefix, expected) => {
    expect(reasons({ prefix })).toEqual(expected);
  });

  test("a watched prefix belongs to one migration", () => {
    const watching: Partial<DraftFacts> = { transport: "bucket_watch", backupBy: "others" };
    expect(reasons({ ...watching, prefix: "else/logs/" }, [{}])).toEqual(["prefix_in_use"]);
    expect(reasons({ ...watching, prefix: "" }, [{}])).toEqual(["prefix_in_use"]);
    expect(reasons({ ...watching, prefix: "else/" }, [{ bucket: "another" }])).toEqual([]);
    expect(reasons({ ...watching, prefix: "shop/" }, [{}])).toEqual([]);
  });
});
