import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let folder: string;
let world: StepWorld;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-register-"));
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test(
  "a backup in a layout that cannot be read here is a question for a person, and its layout is kept for who can tell of it",
  async () => {
    const head = Buffer.alloc(8192);
    head.write("MSSQLBAK");
    head.writeUInt32LE(9, 8);
    await writeFile(join(folder, "of-tomorrow.bak"), head);
    world = await openStepWorld(
      {
        kind: "find_file",
        nature: "repeatable",
        key: "find_file:1",
        fileId: null,
        input: { final: false, wait: true },
      },
      {
        migration: {
          transport: "shared_folder",
          localFolder: folder,
          sourceDatabase: "Sales",
          targetLsn: "150",
        },
        open: openTestCtx,
        file: { state: "imported" },
      },
    );
    await world.run();
    const { db } = world.ctx;
    expect(await db.backupFile.findMany({ where: { id: { not: "f" } } })).toMatchObject([
      { header: null, unread: { seal: "unsupported_container", told: null } },
    ]);
    expect(await db.unknownMessage.findMany()).toMatchObject([
      { system: "backup_header", code: "unsupported_container", place: "m", count: 1 },
    ]);
  },
  OPENING_MS,
);
