import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { rowsOf, writeContents } from "../model/contents";
import { SERVER } from "../model/server-identity";
import { testServer } from "../testing/model-server-fixture";

/** What RDS's host would have written of SalesDB after applications had been at it for an hour. */
const CONTENTS = { like: "SalesDB", loadSeconds: 3_600 };
const FILE = "D:\\Backup\\rds.bak";
const MOVES = ["SalesDB", "SalesDB_log"]
  .map((name) => `MOVE N'${name}' TO N'${SERVER.dataFolder}${name}.ndf'`)
  .join(", ");

let server: ReturnType<typeof testServer>;
beforeEach(() => {
  server = testServer();
});

function write(more: Partial<BackupSetSpec> = {}): void {
  const file = (log: boolean) => ({
    logicalName: `SalesDB${log ? "_log" : ""}`,
    physicalName: `E:\\mssql\\rm-1\\SalesDB${log ? ".ldf" : ".mdf"}`,
    type: log ? ("log" as const) : ("data" as const),
    fileId: log ? 2 : 1,
    sizeBytes: 8_388_608,
  });
  const set: BackupSetSpec = {
    type: "full",
    databaseName: "SalesDB",
    firstLsn: 1_000n,
    lastLsn: 2_000n,
    checkpointLsn: 1_500n,
    payloadBytes: 65_536,
    familyGuid: server.model.findDatabase("SalesDB")?.familyGuid ?? null,
    softwareVersion: "15.0.4430",
    databaseVersion: 904,
    mediaDescription: writeContents(CONTENTS),
    files: [file(false), file(true)],
    ...more,
  };
  writeFileSync(join(server.model.localFolder, "rds.bak"), Buffer.concat([...backupBytes({ sets: [set] })]));
}

async function failure(options: string): Promise<number[]> {
  const { errors } = await server.run(`RESTORE DATABASE [SalesDB] FROM DISK = N'${FILE}' WITH ${options}`);
  return errors.map(({ number }) => number);
}

const closed = () => server.run("ALTER DATABASE [SalesDB] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE");
const REPLACE = `${MOVES}, REPLACE, RECOVERY, RESTRICTED_USER`;

test("what RDS wrote is in the place of what was there, and only administrators get in", async () => {
  write();
  await closed();
  expect(await failure(REPLACE)).toEqual([]);
  const database = server.model.findDatabase("SalesDB");
  expect(database).toMatchObject({ state: "ONLINE", userAccess: "RESTRICTED_USER", logChain: null });
  if (database === null) throw new Error("no SalesDB");
  const orders = server.model.profile(database).tables.find(({ name }) => name === "Orders");
  expect(orders && server.model.rowCount(database, orders)).toBe(rowsOf(CONTENTS)["sales.Orders"]);
});

test("files go where RDS's host had them unless they are moved: that folder is not here", async () => {
  write();
  await closed();
  expect(await failure("REPLACE, RECOVERY")).toEqual([5133, 3156, 3013]);
  expect(await failure(`${MOVES.split(", MOVE")[0]}, REPLACE`)).toEqual([5133, 3156, 3013]);
});

test("a newer SQL Server's backup is refused, whatever is said", async () => {
  write({ softwareVersion: "16.0.4195", databaseVersion: 957 });
  await closed();
  expect(await failure(REPLACE)).toEqual([3169, 3013]);
});

test("nothing is replaced by accident: not while somebody is connected, nor without the word", async () => {
  write();
  expect(await failure(REPLACE)).toEqual([3101, 3013]);
  await closed();
  expect(await failure(MOVES)).toEqual([3159, 3013]);
  write({ familyGuid: "0F8FAD5B-D9CB-469F-A165-70867728950E" });
  expect(await failure(MOVES)).toEqual([3154, 3013]);
  expect(await failure(REPLACE)).toEqual([]);
});

test("half a download and a log are no database", async () => {
  await closed();
  write({ type: "log" });
  expect(await failure(REPLACE)).toEqual([3118, 3013]);
  expect(server.model.findDatabase("SalesDB")?.state).toBe("ONLINE");
});
