import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { KnownTimelines } from "@/lib/migration/known-timelines";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

const FAMILY = "FFFFFFFF-0000-0000-0000-000000000001";
const OLD = "11111111-0000-0000-0000-000000000001";
const NEW = "22222222-0000-0000-0000-000000000002";
let world: StepWorld;
let folder: string;

/** Full backups of a database before and after it was restored to LSN 500; the abandoned one ends higher. */
async function write(
  name: string,
  spec: Partial<BackupSetSpec>,
  file: { encrypted?: true } = {},
): Promise<void> {
  const bytes = backupBytes({
    sets: [
      {
        type: "full",
        databaseName: "Sales",
        firstLsn: 600n,
        lastLsn: 650n,
        checkpointLsn: 600n,
        familyGuid: FAMILY,
        firstRecoveryForkGuid: NEW,
        lastRecoveryForkGuid: NEW,
        forkPointLsn: 500n,
        startedAt: "2026-11-20T00:00:00",
        finishedAt: "2026-11-20T00:10:00",
        payloadBytes: 4096,
        ...spec,
      },
    ],
    blockSize: 512,
    ...(file.encrypted ? { encrypted: true, compressed: true } : {}),
  });
  await writeFile(join(folder, name), Buffer.concat([...bytes]));
}
const ABANDONED = {
  firstLsn: 800n,
  lastLsn: 900n,
  checkpointLsn: 800n,
  firstRecoveryForkGuid: OLD,
  lastRecoveryForkGuid: OLD,
  forkPointLsn: null,
  startedAt: "2026-11-01T00:00:00",
  finishedAt: "2026-11-01T00:10:00",
};

async function openFolder(migration: { sourceConnectionId?: string; sourceDatabase?: string } = {}) {
  world = await openStepWorld(
    {
      kind: "find_file",
      nature: "repeatable",
      key: "find_file:0",
      fileId: null,
      input: { final: false, wait: true },
    },
    {
      migration: { localFolder: folder, sourceDatabase: "Sales", ...migration },
      file: { id: "other", objectKey: "sales/other", state: "failed" },
    },
  );
}

/** The source answers that its database is on this fork now. */
function sourceOn(forkGuid: string): void {
  world.clients.source = async () =>
    only<SourceServer>({
      readChainGuard: async () => ({
        state: "ONLINE",
        recoveryModel: "FULL",
        differentialBaseGuid: null,
        differentialBaseLsn: null,
        nextLogFirstLsn: null,
        forkGuid,
        databaseGuid: null,
      }),
    });
}

async function look(): Promise<void> {
  world.wait(60_000);
  await world.run();
}

async function taken(): Promise<string | null> {
  const { fileId } = await world.step();
  return fileId === null
    ? null
    : (await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: fileId } })).name;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-timelines-"));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

test("a log file with several sets is refused aloud, and the remedy is no second backup of the log", async () => {
  const log = { type: "log" as const, databaseName: "Sales", checkpointLsn: 600n, payloadBytes: 4096 };
  const bytes = backupBytes({
    sets: [
      { ...log, firstLsn: 600n, lastLsn: 700n },
      { ...log, firstLsn: 700n, lastLsn: 800n },
    ],
  });
  await openFolder();
  await writeFile(join(folder, "day.trn"), Buffer.concat([...bytes]));
  await world.run();
  await look();
  const refusals = await world.ctx.db.migrationEvent.findMany({ where: { type: "file_refused" } });
  expect(refusals.map(({ payload }) => payload)).toEqual([
    {
      file: "day.trn",
      kind: "several-sets",
      fromLsn: null,
      toLsn: null,
      message:
        "day.trn holds 2 backup sets; RDS takes files with one. A log cannot be backed up a second time: take a differential with FORMAT, INIT, which ends behind LSN 800 and bridges it.",
    },
  ]);
  expect(await taken()).toBeNull();
});

test("of several timelines none is taken up until a person says which", async () => {
  await write("old.bak", ABANDONED);
  await write("new.bak", {});
  await openFolder();
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "waiting_for_user",
    error: { reason: "timeline_unclear", params: { count: 2 } },
  });
  expect((await world.eventTypes()).slice(1)).toEqual(["file_found", "file_found", "timelines_found"]);
  const { timelines } = await world.ctx.db.migration.findUniqueOrThrow({ where: { id: "m" } });
  const { found } = timelines as KnownTimelines;
  expect(found.map(({ forkGuid, newestAt, lastLsn }) => [forkGuid, newestAt, lastLsn])).toEqual([
    [NEW, "2026-11-20T00:10:00", "650"],
    [OLD, "2026-11-01T00:10:00", "900"],
  ]);
  await look();
  expect(await taken()).toBeNull();
  expect(await world.eventTypes()).toHaveLength(4);

  const confirmed = { familyGuid: FAMILY, forkGuid: OLD, by: "person", who: "Li" };
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { timelines: { found, confirmed } } });
  await look();
  expect(await taken()).toBe("old.bak");
});

test("the newest one is taken up by itself where the source is on it", async () => {
  await write("old.bak", ABANDONED);
  await write("new.bak", {});
  await openFolder();
  await world.ctx.db.connection.create({
    data: { id: "source", kind: "sql_server", name: "source", config: {}, secretSealed: "" },
  });
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { sourceConnectionId: "source" } });
  sourceOn(NEW);
  await world.run();
  expect(await taken()).toBe("new.bak");
  expect(await world.eventTypes()).toContain("timeline_confirmed");
});

test("the source on the older one is a question for a person", async () => {
  await write("old.bak", ABANDONED);
  await write("new.bak", {});
  await openFolder();
  await world.ctx.db.connection.create({
    data: { id: "source", kind: "sql_server", name: "source", config: {}, secretSealed: "" },
  });
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { sourceConnectionId: "source" } });
  sourceOn(OLD);
  await world.run();
  expect((await world.step()).status).toBe("waiting_for_user");
  expect(await taken()).toBeNull();
});

test("a dead generation of the same name is a question too", async () => {
  await write("dead.bak", { ...ABANDONED, familyGuid: "DDDDDDDD-0000-0000-0000-000000000001" });
  await write("new.bak", {});
  await openFolder();
  await world.run();
  expect((await world.step()).status).toBe("waiting_for_user");
});

test("a file that a check refused is not taken up again until it changes", async () => {
  await write("new.bak", {});
  await openFolder();
  await world.run();
  expect(await taken()).toBe("new.bak");
  const { fileId } = await world.step();
  const { db } = world.ctx;
  const verdict = { kind: "fork", fromLsn: null, toLsn: null, message: "m" };
  await db.backupFile.update({
    where: { id: fileId ?? "" },
    data: { state: "refused", verdict, uploadedAt: new Date() },
  });
  // The round that took it up, planned behind the choice, has ended with the refusal.
  await db.migrationStep.updateMany({
    where: { fileId, id: { not: "step" } },
    data: { status: "refused" },
  });
  await db.migrationStep.update({
    where: { id: "step" },
    data: { status: "queued", fileId: null, claimedBy: null, finishedAt: null },
  });
  await world.run();
  expect(await taken()).toBeNull();
  expect((await world.step()).status).toBe("waiting_for_backup");
  // The same bytes read again: what was sent is not sent twice.
  expect((await db.backupFile.findUniqueOrThrow({ where: { id: fileId ?? "" } })).uploadedAt).not.toBeNull();
  await write("new.bak", { lastLsn: 660n, backupSetGuid: "ABABABAB-0000-0000-0000-000000000001" });
  await look();
  expect(await taken()).toBe("new.bak");
});

test("what lies there and is not used is said once, and a file in a tree is taken up", async () => {
  await mkdir(join(folder, "SQL01$PROD", "Sales", "FULL"), { recursive: true });
  await write("SQL01$PROD/Sales/FULL/new.bak", {});
  await write("sealed.bak", {}, { encrypted: true });
  await writeFile(join(folder, "notes.txt"), "no backup");
  await symlink(join(folder, "sealed.bak"), join(folder, "link.bak"));
  await openFolder();
  await world.run();
  expect(await taken()).toBe("new.bak");
  const overlooked = async () =>
    (await world.ctx.db.migrationEvent.findMany({ where: { type: "file_overlooked" } })).map(
      (row) => row.payload,
    );
  const once = [
    { file: "link.bak", why: "link" },
    { file: "sealed.bak", why: "encrypted" },
  ];
  expect(await overlooked()).toEqual(once);
  await world.ctx.db.migrationStep.updateMany({ data: { status: "queued", fileId: null } });
  await look();
  expect(await overlooked()).toEqual(once);
});
