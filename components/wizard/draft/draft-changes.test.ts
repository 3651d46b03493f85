import { describe, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationDraft } from "@/lib/contracts/migration";
import {
  chooseBucket,
  chooseCloud,
  chooseDatabase,
  chooseFilesOnly,
  chooseMethod,
  chooseObject,
  chooseSource,
  chooseTransport,
  isUnderHundredGb,
  prefixFor,
} from "./draft-changes";

const sandbox = {
  scenario: "clean",
  timeFactor: 60,
  localFolder: "/tmp/backup",
  sourceFolder: "D:\\Backup\\",
  bucket: "chainferry-sandbox",
  sourceConnectionId: "src",
  cloudConnectionId: "cloud",
};

test("an empty draft is a draft", () => {
  expect(MigrationDraft.parse(EMPTY_DRAFT)).toEqual(EMPTY_DRAFT);
});

test.each([
  ["SalesDB", "salesdb/"],
  ["Sales DB (old)", "sales-db-old/"],
  ["订单 2026", "2026/"],
  ["__", ""],
])("prefixFor(%s) is %s", (database, prefix) => {
  expect(prefixFor(database)).toBe(prefix);
});

describe("chooseSource", () => {
  test("the sandbox's server brings its folders, account and bucket", () => {
    expect(chooseSource(EMPTY_DRAFT, "src", sandbox)).toMatchObject({
      sourceConnectionId: "src",
      sourceFolder: "D:\\Backup\\",
      localFolder: "/tmp/backup",
      cloudConnectionId: "cloud",
      bucket: "chainferry-sandbox",
    });
  });

  test("typed folders stay, the database goes", () => {
    const typed = { ...EMPTY_DRAFT, sourceFolder: "E:\\SQL\\", sourceDatabase: "Sales" };
    const next = chooseSource(typed, "src", sandbox);
    expect(next.sourceFolder).toBe("E:\\SQL\\");
    expect(next.sourceDatabase).toBeNull();
  });

  test("choosing the same again changes nothing", () => {
    const draft = { ...EMPTY_DRAFT, sourceConnectionId: "src", sourceDatabase: "Sales" };
    expect(chooseSource(draft, "src", sandbox)).toBe(draft);
  });
});

describe("chooseDatabase", () => {
  test("names follow until a person types their own", () => {
    const first = chooseDatabase(EMPTY_DRAFT, { name: "Sales", totalBytes: null });
    expect(first).toMatchObject({ targetDatabase: "Sales", prefix: "sales/" });
    const second = chooseDatabase(first, { name: "Stock", totalBytes: null });
    expect(second).toMatchObject({ targetDatabase: "Stock", prefix: "stock/" });
    const third = chooseDatabase(
      { ...second, targetDatabase: "Warehouse" },
      { name: "Sales", totalBytes: null },
    );
    expect(third).toMatchObject({ targetDatabase: "Warehouse", prefix: "sales/" });
  });

  test("a known size answers the size question, an unknown one leaves the answer", () => {
    const small = chooseDatabase(EMPTY_DRAFT, { name: "Sales", totalBytes: 5e9 });
    expect(small.underHundredGb).toBe(true);
    expect(chooseDatabase(small, { name: "Stock", totalBytes: null }).underHundredGb).toBe(true);
    expect(chooseDatabase(small, { name: "Stock", totalBytes: 100e9 }).underHundredGb).toBe(false);
  });
});

test("files only: others bring them, and no server is asked", () => {
  const draft = { ...EMPTY_DRAFT, sourceConnectionId: "src", sourceDatabase: "Sales" };
  expect(chooseFilesOnly(draft, true)).toMatchObject({
    sourceConnectionId: null,
    sourceDatabase: null,
    backupBy: "others",
    transport: "bucket_watch",
  });
  expect(chooseFilesOnly(chooseFilesOnly(draft, true), false)).toMatchObject({ backupBy: "app" });
});

test("another account forgets instance, bucket and file", () => {
  const draft = {
    ...EMPTY_DRAFT,
    cloudConnectionId: "a",
    bucket: "b",
    instanceId: "rm-1",
    firstObjectKey: "x/full.bak",
  };
  expect(chooseCloud(draft, "z", sandbox)).toMatchObject({
    cloudConnectionId: "z",
    bucket: null,
    instanceId: null,
    firstObjectKey: null,
  });
  expect(chooseBucket(draft, "c").firstObjectKey).toBeNull();
  expect(chooseBucket(draft, "b")).toBe(draft);
});

test("a picked object sets the prefix only when there is none", () => {
  expect(chooseObject(EMPTY_DRAFT, "erp/2026/full.bak").prefix).toBe("erp/2026/");
  expect(chooseObject({ ...EMPTY_DRAFT, prefix: "erp/" }, "erp/2026/full.bak").prefix).toBe("erp/");
  expect(chooseObject(EMPTY_DRAFT, "full.bak").prefix).toBe("");
});

test("a schedule lasts only where we take backups and rounds exist", () => {
  const every = { ...EMPTY_DRAFT, schedule: { mode: "every", minutes: 15, backup: "log" } } as const;
  const ours = MigrationDraft.parse(every);
  expect(chooseTransport(ours, { transport: "bucket_watch", backupBy: "others" }).schedule.mode).toBe(
    "manual",
  );
  expect(chooseMethod(ours, "immediate").schedule.mode).toBe("manual");
  expect(chooseMethod(ours, "access_pending").schedule.mode).toBe("every");
});

test("100 GB is decimal", () => {
  expect(isUnderHundredGb(99_999_999_999)).toBe(true);
  expect(isUnderHundredGb(100e9)).toBe(false);
});
