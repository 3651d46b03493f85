import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { log } from "@/lib/chain/chain-sets-fixture";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { ObjectStore } from "@/lib/oss/object-store";
import { sourceFailure } from "@/lib/sqlserver/source-failure";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { findRecordedFile } from "./find-recorded-file";

let world: TestCtx;
beforeAll(async () => {
  world = await openQuickCtx();
  world.clients.objects = async () => only<ObjectStore>({});
  await world.ctx.db.migration.create({
    data: {
      id: "m",
      name: "m",
      draft: JSON.parse(JSON.stringify(EMPTY_DRAFT)),
      status: "waiting_for_backup",
      phase: "full",
      createdBy: "operator",
      transport: "browser",
      bucket: "staging",
      cloudConnectionId: "cloud",
      sourceConnectionId: "source",
    },
  });
}, OPENING_MS);
afterAll(() => world.close());

const set = { ...log("L", 100, 200).set, backupSizeBytes: 4_000_000, compressedSizeBytes: 1_000_000 };
let asked: object[] = [];
const knows = (...sets: (typeof set)[]) => {
  world.clients.source = async () =>
    only<SourceServer>({
      findRecordedSets: async (query) => {
        asked.push(query);
        return sets;
      },
    });
};
beforeEach(() => {
  asked = [];
});
const find = (sizeBytes: number) =>
  findRecordedFile({ ctx: world.as("operator"), input: { migrationId: "m", name: "night.trn", sizeBytes } });

test("the source's history says what a file of its name and size is", async () => {
  knows(set);
  const { header } = await find(1_030_000);
  expect(fromHeaderJson(header)).toEqual(set);
  expect(asked).toEqual([{ file: "night.trn" }]);
});

test("a file of another size, one of several, and one that nobody knows are nobody's", async () => {
  knows(set);
  expect(await find(9_000_000)).toEqual({ header: null });
  knows(set, set);
  expect(await find(1_000_000)).toEqual({ header: null });
  knows();
  expect(await find(1_000_000)).toEqual({ header: null });
});

test("a source that does not answer says nothing, and the log says why", async () => {
  world.clients.source = async () => Promise.reject(sourceFailure("unavailable", "ESOCKET", "gone"));
  expect(await find(1_000_000)).toEqual({ header: null });
  expect(world.log.at(-1)).toMatchObject({ level: "warn" });
});

test("viewers do not ask the source", async () => {
  await expect(
    findRecordedFile({
      ctx: world.as("viewer"),
      input: { migrationId: "m", name: "night.trn", sizeBytes: 1 },
    }),
  ).rejects.toMatchObject({ fields: { reason: "role_required" } });
});
