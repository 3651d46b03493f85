import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DoctorReport } from "@/lib/services/doctor/examine";
import { runDoctorCommand } from "./doctor-command";

const folder = mkdtempSync(join(tmpdir(), "doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said = { out: "", err: "" };
beforeEach(() => {
  Object.assign(said, { out: "", err: "" });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** What the sandbox's own servers, accounts and databases are called. */
const NAMES =
  /rm-sandbox|SalesDB|Inventory|PROD-SQL|127\.0\.0\.1|1899100000000001|chainferry-sandbox|LTAI|Sandbox SQL Server/i;

test("the sandbox agrees wholly, and what is shared has no name in it", async () => {
  const out = join(folder, "calm.json");
  const code = await runDoctorCommand({ json: true, sandbox: true, scenario: "clean", out }, {});
  const report = JSON.parse(said.out) as DoctorReport;
  const calls = report.connections.flatMap((connection) => connection.calls);
  expect(
    calls.filter(({ outcome, differences }) => outcome !== "answered" || differences.length > 0),
  ).toEqual([]);
  expect(report).toMatchObject({ agreed: true, refused: 0, differences: 0 });
  expect(code).toBe(0);
  expect(new Set(calls.map(({ system }) => system))).toEqual(new Set(["sql_server", "rds", "oss"]));
  const tasks = calls.find(({ asked }) => asked === "listTasks");
  expect(tasks?.shapes.DescribeMigrateTasks).toMatchObject({ "Items.MigrateTask.Status": "string" });
  const shared = readFileSync(out, "utf8");
  expect(JSON.parse(shared)).toEqual(report);
  expect(shared).not.toMatch(NAMES);
  expect(statSync(out).mode & 0o777).toBe(0o600);
}, 120_000);

test("each field, state and code that nobody knows is named", async () => {
  const code = await runDoctorCommand({ json: false, sandbox: true, scenario: "unfamiliar" }, {});
  expect(code).toBe(1);
  expect(said.out).toContain(
    "the field DescribeDBInstanceAttribute: Items.DBInstanceAttribute.HibernationPolicy.IdleMinutes is not known here",
  );
  expect(said.out).toContain(
    'Items.DBInstance.DBInstanceStatus is "Hibernating", a word that is not known here',
  );
  expect(said.out).toContain(
    "the field getBucketInfo: BucketInfo.Bucket.ColdTierPolicy.Days is not known here",
  );
  expect(said.out).toContain(
    "getBackupWindow: answered with the code OperationDenied.Hibernating, which is not known here",
  );
  expect(said.out).toContain("The instance <id> hibernates.");
}, 120_000);

test("a store that is not there is not made", async () => {
  const absent = join(folder, "none");
  expect(
    await runDoctorCommand({ json: true, sandbox: false, scenario: "clean" }, { CHAINFERRY_DATA: absent }),
  ).toBe(1);
  expect(said.err).toMatch(/^chainferry doctor: /);
  expect(() => statSync(absent)).toThrow();
});
