import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { only } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { MigrationAction } from "@/lib/contracts/migration";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

const GUID = "7A9C0000-0000-4000-8000-000000000001";
let world: StepWorld;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-witness-"));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** A full backup that nothing here reads. */
async function write(name: string, how: { newContainer?: true; encrypted?: true }): Promise<void> {
  const bytes = backupBytes({
    sets: [
      {
        type: "full",
        databaseName: "Sales",
        firstLsn: 600n,
        lastLsn: 650n,
        checkpointLsn: 600n,
        backupSetGuid: GUID,
        payloadBytes: 4096,
      },
    ],
    compressed: true,
    ...how,
  });
  await writeFile(join(folder, name), Buffer.concat([...bytes]));
}

const told = async (name: string): Promise<BackupSet> =>
  fromHeaderJson({
    type: "full",
    databaseName: "Sales",
    firstLsn: "600",
    lastLsn: "650",
    checkpointLsn: "600",
    backupSetGuid: GUID,
    compressedSizeBytes: (await stat(join(folder, name))).size,
  });

/** Answers of the source by what it is asked; an error number where there is none. */
interface Source {
  headers?: BackupSet[] | string;
  history?: BackupSet[] | string;
}
async function openFolder(source: Source | null, sourceFolder = "D:\\b"): Promise<string[]> {
  const asked: string[] = [];
  world = await openStepWorld(
    {
      kind: "find_file",
      nature: "repeatable",
      key: "find_file:0",
      fileId: null,
      input: { final: false, wait: true },
    },
    {
      migration: { localFolder: folder, sourceDatabase: "Sales", sourceFolder },
      open: openTestCtx,
      file: { id: "other", objectKey: "sales/other", state: "failed" },
    },
  );
  if (source === null) return asked;
  await world.ctx.db.connection.create({
    data: { id: "source", kind: "sql_server", name: "source", config: {}, secretSealed: "" },
  });
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { sourceConnectionId: "source" } });
  world.clients.source = async () =>
    only<SourceServer>({
      readHeaders: async (path) => {
        asked.push(path);
        return answer(source.headers);
      },
      findRecordedSets: async (query) => {
        asked.push(JSON.stringify(query));
        return answer(source.history);
      },
    });
  return asked;
}

function answer(what: BackupSet[] | string = "3201"): BackupSet[] {
  if (typeof what !== "string") return what;
  throw new ExternalError({
    system: "sql_server",
    kind: /^\d/.test(what) ? "invalid" : "unavailable",
    providerCode: what,
    providerMessage: what,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

const fileOf = (name: string) =>
  world.ctx.db.backupFile.findFirstOrThrow({ where: { migrationId: "m", name } });
const eventsOf = async (type: string) =>
  (await world.ctx.db.migrationEvent.findMany({ where: { type } })).map(({ payload, actor }) => ({
    payload,
    actor,
  }));
const act = (action: MigrationAction) =>
  actOnMigration({ ctx: world.as("operator"), input: { migrationId: "m", action } });
async function look(): Promise<void> {
  world.wait(60_000);
  await world.run();
}

test("SQL Server reads what cannot be read here, and the file is taken up", async () => {
  await write("full.bak", { newContainer: true });
  const asked = await openFolder({ headers: [await told("full.bak")] });
  await world.run();
  expect(asked).toEqual(["D:\\b\\full.bak"]);
  const file = await fileOf("full.bak");
  expect((await world.step()).fileId).toBe(file.id);
  expect(file).toMatchObject({ type: "full", lastLsn: "650", witness: { by: "server", who: null } });
  expect(file.unread).toBeNull();
  expect(await eventsOf("file_witnessed")).toMatchObject([{ payload: { file: "full.bak", by: "server" } }]);
});

test("where it may not, msdb knows the file by path, or by its name, and by its size", async () => {
  await write("full.bak", { newContainer: true });
  const asked = await openFolder({ headers: "262", history: [await told("full.bak")] });
  await world.run();
  expect(asked).toEqual(["D:\\b\\full.bak", '{"path":"D:\\\\b\\\\full.bak"}']);
  expect((await fileOf("full.bak")).witness).toEqual({ by: "history", who: null });
});

test("a file of the same name and another size proves nothing: a person is asked", async () => {
  await write("full.bak", { newContainer: true });
  const other = { ...(await told("full.bak")), compressedSizeBytes: 5_000_000 };
  const asked = await openFolder({ history: [other] }, "");
  await world.run();
  expect(asked).toEqual(['{"file":"full.bak"}']);
  expect((await fileOf("full.bak")).unread).toEqual({ seal: "unsupported_container", told: null });
  expect(await world.step()).toMatchObject({
    status: "waiting_for_user",
    error: { reason: "file_unread", params: { file: "full.bak", count: 1 } },
  });
});

test("what nobody knows is asked about, and taken on a person's word with the name in the record", async () => {
  await write("full.bak", { newContainer: true });
  await openFolder(null);
  await world.run();
  const { id, header } = await fileOf("full.bak");
  expect(header).toBeNull();
  expect((await world.step()).status).toBe("waiting_for_user");
  const wrong = { type: "full", firstLsn: "650", lastLsn: "600", checkpointLsn: null } as const;
  await expect(act({ type: "state_file", fileId: id, is: wrong })).rejects.toMatchObject({
    fields: { code: "validation" },
  });
  await expect(act({ type: "state_file", fileId: id, is: null })).rejects.toMatchObject({
    fields: { reason: "file_not_unread" },
  });
  const is = { type: "full", firstLsn: "600", lastLsn: "650", checkpointLsn: null } as const;
  await act({ type: "state_file", fileId: id, is });
  const who = world.as("operator").actor.name;
  expect(await fileOf("full.bak")).toMatchObject({
    type: "full",
    firstLsn: "600",
    witness: { by: "person", who },
    unread: null,
  });
  expect(await eventsOf("file_stated")).toEqual([
    {
      actor: who,
      payload: { file: "full.bak", type: "full", firstLsn: "600", lastLsn: "650", by: "person" },
    },
  ]);
  await look();
  expect((await world.step()).fileId).toBe(id);
});

test("an encrypted one is a question even where it is known what it is; or it is left out", async () => {
  await write("full.bak", { encrypted: true });
  await write("second.bak", { encrypted: true });
  await openFolder({ headers: [await told("full.bak")] });
  await world.run();
  const file = await fileOf("full.bak");
  expect(file).toMatchObject({ lastLsn: "650", unread: { seal: "encrypted", told: "server" } });
  expect((await world.step()).status).toBe("waiting_for_user");
  await act({ type: "skip_file", fileId: (await fileOf("second.bak")).id });
  await act({ type: "state_file", fileId: file.id, is: null });
  await look();
  expect((await world.step()).fileId).toBe(file.id);
  expect((await fileOf("full.bak")).witness).toEqual({
    by: "server",
    who: world.as("operator").actor.name,
  });
});

test("a source that cannot be reached now is asked again at the next look", async () => {
  await write("full.bak", { newContainer: true });
  const source: Source = { headers: "ESOCKET" };
  await openFolder(source);
  await world.run();
  expect((await world.step()).status).toBe("waiting_for_user");
  source.headers = [await told("full.bak")];
  await look();
  expect((await fileOf("full.bak")).witness).toEqual({ by: "server", who: null });
  expect((await world.step()).fileId).not.toBeNull();
});
