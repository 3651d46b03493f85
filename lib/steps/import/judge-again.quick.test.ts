import { afterEach, expect, test } from "vitest";
import { toHeaderJson } from "@/lib/backup/header-json";
import { full, log } from "@/lib/chain/chain-sets-fixture";
import type { ChainFile } from "@/lib/chain/verdict";
import { only } from "@/lib/context/open-test-ctx";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { rdsTask } from "../rds-answers-fixture";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let world: StepWorld;
let creates = 0;
afterEach(() => world.close());

/** The import of a file that was read while others were in hand, with a target that holds up to LSN 150 now. */
async function openImport({ set }: ChainFile): Promise<void> {
  world = await openStepWorld(
    { kind: "import", nature: "once" },
    {
      migration: {
        targetLsn: "150",
        targetBaseGuid: "G-F",
        targetBaseLsn: "100",
        sourceDatabase: "Sales",
        rdsTaskId: "7",
      },
      file: { state: "inspected", header: JSON.parse(JSON.stringify(toHeaderJson(set))) },
    },
  );
  creates = 0;
  const account = only<RdsAccount>({
    createImport: async () => {
      creates += 1;
      return { taskId: "7", requestId: "r" };
    },
    findTask: async () => rdsTask({ status: "waiting_for_backup", providerStatus: "Waiting" }),
    listDatabases: async () => [],
    listFiles: async () => [],
    listTasks: async () => [],
  });
  world.clients.rds = async () => account;
}

const state = async () => (await world.ctx.db.backupFile.findUniqueOrThrow({ where: { id: "f" } })).state;

test("a log whose predecessor failed or was left out is refused, and nothing is submitted", async () => {
  await openImport(log("L", 200, 240));
  await world.run();
  expect(creates).toBe(0);
  expect(await world.step()).toMatchObject({ status: "refused", error: { reason: "file_refused" } });
  expect(await state()).toBe("refused");
  expect(await world.eventTypes()).toContain("file_refused");
});

test("one that the target has got already is skipped without an import", async () => {
  await openImport(log("L", 90, 140));
  await world.run();
  expect(creates).toBe(0);
  expect((await world.step()).status).toBe("skipped");
  expect(await state()).toBe("skipped");
});

test("a second full is refused, even though it holds nothing new", async () => {
  await openImport(full("G", 90, 140));
  await world.run();
  expect(creates).toBe(0);
  expect((await world.step()).status).toBe("refused");
});

test("one that still continues is submitted", async () => {
  await openImport(log("L", 140, 240));
  await world.run();
  expect(creates).toBe(1);
  expect((await world.step()).status).toBe("succeeded");
});
