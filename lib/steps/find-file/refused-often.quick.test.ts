import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { openStepWorld, SETTINGS, type StepWorld } from "../step-world-fixture";

const BASE_MS = SETTINGS.baseMs;
let world: StepWorld;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-refused-often-"));
  const bytes = backupBytes({
    sets: [
      {
        type: "full",
        databaseName: "Sales",
        firstLsn: 600n,
        lastLsn: 650n,
        checkpointLsn: 600n,
        payloadBytes: 4096,
      },
    ],
    blockSize: 512,
  });
  await writeFile(join(folder, "sales.bak"), Buffer.concat([...bytes]));
  world = await openStepWorld(
    {
      kind: "find_file",
      nature: "repeatable",
      key: "find_file:9",
      fileId: null,
      input: { final: false, wait: true },
      ordinal: 90,
    },
    {
      migration: { localFolder: folder, sourceDatabase: "Sales" },
      file: { id: "other", objectKey: "sales/other", state: "failed" },
    },
  );
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** As if the choice had taken the file up so often, and the check of what lies in the bucket had said "gap" each time. */
async function refuse(times: number): Promise<void> {
  const { db } = world.ctx;
  await db.migrationStep.deleteMany({ where: { id: { not: "step" } } });
  const file = await db.backupFile.findFirstOrThrow({ where: { name: "sales.bak" } });
  const verdict = { kind: "gap", fromLsn: null, toLsn: null, message: "a hole before it" };
  await db.backupFile.update({ where: { id: file.id }, data: { state: "refused", verdict } });
  for (let round = 0; round < times; round += 1)
    await db.migrationStep.create({
      data: {
        id: `refused-${round}`,
        migrationId: "m",
        kind: "inspect",
        nature: "repeatable",
        key: `inspect:${round}`,
        status: "refused",
        ordinal: 2 + round,
        fileId: file.id,
        finishedAt: world.ctx.now(),
        input: {},
      },
    });
  await db.migrationStep.update({
    where: { id: "step" },
    data: { status: "queued", fileId: null, dueAt: null, finishedAt: null },
  });
}

async function takenUp(): Promise<boolean> {
  await world.run();
  return (await world.step()).status === "succeeded";
}

test("a file that was refused twice is taken up when it fits again", async () => {
  expect(await takenUp()).toBe(true);
  await refuse(2);
  expect(await takenUp()).toBe(true);
});

test("from the third time on it rests, and a person is told; after the rest it has its turn", async () => {
  expect(await takenUp()).toBe(true);
  await refuse(3);
  expect(await takenUp()).toBe(false);
  expect(await world.step()).toMatchObject({
    status: "waiting_for_user",
    error: { reason: "file_refused_often", params: { file: "sales.bak", times: 3 } },
  });
  world.wait(29 * BASE_MS);
  expect(await takenUp()).toBe(false);
  world.wait(2 * BASE_MS);
  expect(await takenUp()).toBe(true);
});

test("each rest is longer, and none without end", async () => {
  expect(await takenUp()).toBe(true);
  await refuse(20);
  world.wait(1_799 * BASE_MS);
  expect(await takenUp()).toBe(false);
  world.wait(2 * BASE_MS);
  expect(await takenUp()).toBe(true);
});
