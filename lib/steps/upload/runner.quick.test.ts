import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { CutoverRequest } from "@/lib/migration/cutover-request";
import type { ObjectStore } from "@/lib/oss/object-store";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { Prisma } from "@/lib/store/generated/client";
import { NO_PART } from "@/lib/wave/wave-rules";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

const BASE_MS = 1;

let folder: string;
let world: StepWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-upload-"));
  const localPath = join(folder, "full.bak");
  await writeFile(localPath, "the file as somebody wrote it again");
  await utimes(localPath, 1_000, 1_000);
  world = await openStepWorld(
    {
      kind: "upload",
      nature: "resumable",
      checkpoint: { uploadId: "old", partSize: 1_048_576, sizeBytes: 4, mtimeMs: 5 },
    },
    { file: { state: "uploading", localPath }, baseMs: BASE_MS },
  );
});

afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test("a file that changed since an interrupted upload fails it once; the retry begins anew", async () => {
  const aborted: string[] = [];
  const started: string[] = [];
  const store = only<ObjectStore>({
    abortUpload: async ({ uploadId }) => void aborted.push(uploadId),
    listUploads: async () => [],
    startUpload: async () => {
      started.push("new");
      return { uploadId: "new" };
    },
    uploadPart: () => new Promise(() => undefined),
  });
  world.clients.objects = async () => store;
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "failed",
    error: { reason: "upload_file_changed" },
    checkpoint: null,
  });
  expect(aborted).toEqual(["old"]);
  expect(started).toEqual([]);

  await world.ctx.db.migrationStep.updateMany({ data: { status: "queued", error: {} } });
  const begun = new Promise<void>((settle) => {
    const watched = only<ObjectStore>({
      listUploads: store.listUploads,
      startUpload: store.startUpload,
      uploadPart: async () => {
        settle();
        throw new Error("far enough");
      },
    });
    world.clients.objects = async () => watched;
  });
  await Promise.all([begun, world.run()]);
  expect(started).toEqual(["new"]);
});

function down(): ExternalError {
  return new ExternalError({
    system: "oss",
    kind: "unavailable",
    providerCode: "ECONNREFUSED",
    providerMessage: "connect ECONNREFUSED",
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

test("a line that is down for hours never fails it; the waits grow, and few events tell of it", async () => {
  await world.ctx.db.migrationStep.updateMany({ data: { checkpoint: Prisma.DbNull } });
  world.clients.objects = async () =>
    only<ObjectStore>({
      listUploads: async () => {
        throw down();
      },
      startUpload: async () => {
        throw down();
      },
    });
  const waits: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await world.run();
    const { status, error, dueAt } = await world.step();
    expect(status).toBe("retrying");
    expect(error).toMatchObject({ system: "oss" });
    waits.push((dueAt?.getTime() ?? 0) - world.clock.at.getTime());
    world.wait(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([BASE_MS, 2 * BASE_MS, 4 * BASE_MS]);
  await world.ctx.db.migrationStep.updateMany({ data: { attempt: 40 } });
  await world.run();
  const { status, dueAt } = await world.step();
  expect(status).toBe("retrying");
  expect((dueAt?.getTime() ?? 0) - world.clock.at.getTime()).toBe(BASE_MS * 2 ** 10);
  expect((await world.eventTypes()).filter((type) => type === "step_retrying")).toHaveLength(2);
});

test("paused it sends nothing and looks again; resumed it is due at once", async () => {
  const control = (paused: boolean) =>
    actOnMigration({
      ctx: world.ctx,
      input: {
        migrationId: "m",
        action: { type: "control_uploads", control: { paused, bytesPerSecond: 1_000_000 } },
      },
    });
  await control(true);
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "running",
    claimedBy: null,
    checkpoint: { uploadId: "old" },
  });
  expect((await world.step()).dueAt).not.toBeNull();
  const view = await control(false);
  expect(view.uploadControl).toEqual({ paused: false, bytesPerSecond: 1_000_000 });
  expect((await world.step()).dueAt).toBeNull();
  expect(await world.eventTypes()).toEqual(
    expect.arrayContaining(["upload_paused", "upload_limited", "upload_resumed"]),
  );
});

test("a wave that pauses holds it, but no upload of a cutover that is under way: its database is down", async () => {
  await world.ctx.db.migrationStep.updateMany({ data: { checkpoint: Prisma.DbNull } });
  let asked = 0;
  const far = only<ObjectStore>({
    listUploads: async () => {
      asked += 1;
      throw new Error("far enough");
    },
  });
  world.clients.objects = async () => far;
  await world.ctx.db.migration.updateMany({ data: { wavePart: { ...NO_PART, paused: true } } });
  await world.run();
  expect(await world.step()).toMatchObject({ status: "running", claimedBy: null });
  expect(asked).toBe(0);
  const cutover: CutoverRequest = {
    ...{ requestedAt: world.clock.at.toISOString(), stopWrites: "operator", checkMode: "async" },
    ...{ forecastSeconds: null, forecastP90Seconds: null, deadline: null, gates: [] },
  };
  await world.ctx.db.migration.updateMany({ data: { cutover } });
  await world.ctx.db.migrationStep.updateMany({ data: { dueAt: null } });
  await world.run();
  expect(asked).toBe(1);
});

test("cancelled while it waits, OSS need not keep its parts", async () => {
  const aborted: string[] = [];
  world.clients.objects = async () =>
    only<ObjectStore>({ abortUpload: async ({ uploadId }) => void aborted.push(uploadId) });
  await actOnMigration({ ctx: world.ctx, input: { migrationId: "m", action: { type: "cancel" } } });
  expect(aborted).toEqual(["old"]);
});

test("another backup, or none, put in place of the one that was judged is not sent", async () => {
  const judged = "0B000000-0000-0000-0000-00000000000B";
  await world.ctx.db.backupFile.updateMany({ data: { backupSetGuid: judged } });
  await world.ctx.db.migrationStep.updateMany({ data: { checkpoint: Prisma.DbNull } });
  let started = 0;
  world.clients.objects = async () =>
    only<ObjectStore>({
      listUploads: async () => [],
      startUpload: async () => {
        started += 1;
        throw new Error("far enough");
      },
    });
  const path = join(folder, "full.bak");
  const log = { type: "log" as const, databaseName: "Sales", firstLsn: 1n, lastLsn: 2n, checkpointLsn: 1n };
  const written = (backupSetGuid: string) =>
    Buffer.concat([...backupBytes({ sets: [{ ...log, payloadBytes: 100_000, backupSetGuid }] })]);
  for (const bytes of ["nothing that SQL Server wrote", written("0C000000-0000-0000-0000-00000000000C")]) {
    await writeFile(path, bytes);
    await world.ctx.db.migrationStep.updateMany({ data: { status: "queued", error: {} } });
    await world.run();
    expect(await world.step()).toMatchObject({ status: "failed", error: { reason: "upload_file_swapped" } });
  }
  expect(started).toBe(0);
  await writeFile(path, written(judged));
  await world.ctx.db.migrationStep.updateMany({ data: { status: "queued", error: {} } });
  await world.run();
  expect(started).toBe(1);
});
