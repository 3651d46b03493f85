import { expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { RdsAccount, RdsDatabase } from "@/lib/rds/rds-account";
import type { OnceCall } from "@/lib/store/generated/client";
import { openMemoryStore } from "@/lib/store/memory/memory-client-fixture";
import { type ImportCallRequest, importEffect } from "./import-effect";

const request: ImportCallRequest = {
  instanceId: "rm-1",
  databaseName: "Sales",
  method: "access_pending",
  taskId: null,
  checkMode: "async",
  object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket: "b", key: "sales/full.bak" },
  lastLsn: null,
};
const call: OnceCall = {
  id: "c",
  kind: "import",
  subject: "target rm-1/sales",
  item: "sales/full.bak",
  migrationId: "m",
  stepId: null,
  fileId: null,
  connectionId: "cloud",
  instanceId: "rm-1",
  databaseName: "Sales",
  request,
  outcome: "intended",
  settledBy: null,
  reference: null,
  requestId: null,
  providerCode: null,
  actor: "engine",
  intendedAt: new Date("2026-05-04T10:00:00.000Z"),
  lookingSince: null,
  unansweredSince: null,
  settledAt: null,
};

/** Looks for the first file of a migration where RDS lists no task, as it does for some editions. */
function look(databases: Pick<RdsDatabase, "name">[]) {
  const rds = only<RdsAccount>({
    listTasks: async () => [],
    listDatabases: async () => databases.map(({ name }) => ({ name, status: "Restoring", collation: null })),
  });
  const db = openMemoryStore(() => call.intendedAt).client(() => Promise.resolve());
  return importEffect.look(
    { db, clients: { rds: async () => rds, source: never }, connectionId: "cloud" },
    call,
  );
}
const never = () => Promise.reject(new Error("no source is asked"));

test("a task that the list does not have may have made the database: nobody can tell, a person decides", async () => {
  expect(await look([{ name: "other" }, { name: "SALES" }])).toMatchObject({
    state: "unclear",
    failure: { reason: "import_target_appeared", params: { database: "Sales" } },
  });
});

test("neither a task nor a database: it is not there", async () => {
  expect(await look([{ name: "other" }])).toEqual({ state: "absent" });
});
