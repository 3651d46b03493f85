import { afterAll, beforeAll, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationView } from "@/lib/contracts/migration";
import { BackupFileHeaderView } from "@/lib/contracts/missing-backup";
import { getFileHeader } from "./get-file-header";
import { getMigration } from "./get-migration";

let world: TestCtx;
beforeAll(async () => {
  world = await openTestCtx();
  const step = (id: string, kind: string, progress: object) => ({
    id,
    key: `${kind}:0`,
    kind,
    nature: "resumable",
    status: "running",
    ordinal: id.length,
    fileId: "f1",
    input: {},
    progress,
  });
  const gauge = { doneBytes: 5, totalBytes: 10, percent: 50, bytesPerSecond: null };
  await world.ctx.db.migration.create({
    data: {
      id: "m1",
      name: "m",
      status: "running",
      phase: "full",
      draft: EMPTY_DRAFT,
      createdBy: "t",
      files: {
        create: {
          id: "f1",
          name: "a.bak",
          objectKey: "a.bak",
          state: "uploading",
          sourcePath: "D:\\a.bak",
          header: { nonsense: true },
        },
      },
      steps: { create: [step("s", "upload", gauge)] },
    },
  });
}, OPENING_MS);
afterAll(() => world.close());

test("a migration's files come with the gauges of their steps, without their headers", async () => {
  const view = MigrationView.parse(
    await getMigration({ ctx: world.as("viewer"), input: { migrationId: "m1" } }),
  );
  expect(view.files).toMatchObject([{ id: "f1", uploadedBytes: 5, importedTimes: 0 }]);
  expect(JSON.stringify(view)).not.toContain("nonsense");
});

test("a file's own header is read apart, and only as a part of its migration", async () => {
  const read = (migrationId: string, fileId: string) =>
    getFileHeader({ ctx: world.as("viewer"), input: { migrationId, fileId } });
  expect(BackupFileHeaderView.parse(await read("m1", "f1"))).toEqual({
    header: null,
    sourcePath: "D:\\a.bak",
    etag: null,
    databaseName: null,
  });
  await expect(read("other", "f1")).rejects.toMatchObject({ fields: { reason: "file_not_found" } });
});
