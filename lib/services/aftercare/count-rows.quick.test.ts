import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import type { AftercareAction } from "@/lib/contracts/aftercare";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { actOnAftercare } from "./act-on-aftercare";
import { getAftercare } from "./get-aftercare";

const NO_ANSWER = new ExternalError({
  ...{ system: "rds", kind: "timeout", providerCode: null, providerMessage: "no answer" },
  ...{ providerRequestId: null, mayHaveHappened: false },
});

let w: TestCtx;
beforeEach(async () => {
  w = await openQuickCtx();
  const { db } = w.ctx;
  await db.migration.create({
    data: {
      ...{ id: "m", name: "Sales", status: "succeeded", phase: "online", draft: EMPTY_DRAFT, createdBy: "t" },
      ...{ instanceId: "rm-1", targetDatabase: "Sales", sourceDatabase: "Sales", cloudConnectionId: "cloud" },
      ...{ onlineAt: w.clock.at, startedAt: w.clock.at },
    },
  });
  const rowCounts = { "dbo.Orders": 12, "dbo.Lines": 30 };
  await db.migrationStep.create({
    data: {
      ...{ id: "s", migrationId: "m", key: "stop_writes", kind: "stop_writes", nature: "repeatable" },
      ...{ status: "succeeded", ordinal: 1, input: {} },
      result: { stoppedAt: "2026-05-04T09:00:00.000Z", rowCounts, inventory: null, sessionsLeft: 0 },
    },
  });
  // What else source and RDS say is not needed for it.
  w.clients.source = () => Promise.reject(NO_ANSWER);
  w.clients.rds = () => Promise.reject(NO_ANSWER);
}, OPENING_MS);
afterEach(() => w.close());

const look = () => getAftercare({ ctx: w.ctx, input: { migrationId: "m" } });
const act = (action: AftercareAction) =>
  actOnAftercare({ ctx: w.as("operator"), input: { migrationId: "m", action } });

test("rows are counted by us over a connection that leads to the restored database, and over no other", async () => {
  const { db } = w.ctx;
  const connection = { kind: "sql_server", secretSealed: "", config: {} };
  await db.connection.createMany({
    data: [
      { ...connection, id: "src", name: "PROD" },
      { ...connection, id: "rds", name: "RDS Sales" },
      { ...connection, id: "gone", name: "Old", archivedAt: w.clock.at },
    ],
  });
  await db.migration.update({
    where: { id: "m" },
    data: { sourceConnectionId: "src", targetFamilyGuid: "FAMILY", targetForkGuid: "FORK-1" },
  });
  expect((await look()).countBy).toEqual([{ id: "rds", name: "RDS Sales" }]);
  const guard = {
    state: "ONLINE",
    recoveryModel: "FULL",
    differentialBaseGuid: null,
    differentialBaseLsn: null,
  };
  let found: { databaseGuid: string | null; forkGuid: string | null } | null = null;
  w.clients.source = async (id) => {
    if (id !== "rds") throw NO_ANSWER;
    return only<SourceServer>({
      readChainGuard: async () => found && { ...guard, nextLogFirstLsn: null, ...found },
      rowCounts: async () => ({ "dbo.Orders": 12, "dbo.Lines": 30 }),
    });
  };
  const count = (connectionId = "rds") => act({ type: "count_rows", connectionId });
  const other = { fields: { reason: "rows_of_another_database" } };
  await expect(count()).rejects.toMatchObject(other);
  for (const wrong of [
    { databaseGuid: "OTHER", forkGuid: "FORK-2" },
    // The source itself, under another name.
    { databaseGuid: "FAMILY", forkGuid: "FORK-1" },
    { databaseGuid: null, forkGuid: null },
  ]) {
    found = wrong;
    await expect(count()).rejects.toMatchObject(other);
  }
  await expect(count("src")).rejects.toMatchObject({ fields: { reason: "connection_not_found" } });
  expect((await look()).counts).toBeNull();
  found = { databaseGuid: "FAMILY", forkGuid: "FORK-2" };
  await count();
  expect((await look()).counts).toMatchObject({ tables: 2, equal: 2, rows: 42 });
  const events = await db.migrationEvent.findMany();
  expect(events.map(({ type }) => type)).toEqual(["row_counts_compared"]);
  const { steps } = await look();
  expect(steps.find(({ step }) => step === "row_counts")).toMatchObject({ state: "done" });
});
