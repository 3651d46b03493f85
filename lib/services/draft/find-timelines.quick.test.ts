import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { createDraft } from "./create-draft";
import { findTimelines } from "./find-timelines";

const OLD = "0f0f0f0f-0000-4000-8000-000000000001";
const NEW = "0f0f0f0f-0000-4000-8000-000000000002";

const GUARD = {
  state: "ONLINE",
  recoveryModel: "FULL",
  differentialBaseGuid: null,
  differentialBaseLsn: null,
  nextLogFirstLsn: null,
  forkGuid: null,
  databaseGuid: null,
};

let world: TestCtx;
let objects: Map<string, Buffer>;
beforeAll(async () => {
  world = await openQuickCtx();
  await world.ctx.db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", secretSealed: "", config: {} },
  });
}, OPENING_MS);
afterAll(() => world.close());
beforeEach(() => {
  objects = new Map();
  const headOf = (key: string) => {
    const body = objects.get(key) ?? Buffer.alloc(0);
    return {
      key,
      sizeBytes: body.length,
      etag: createHash("md5").update(body).digest("hex"),
      lastModifiedAt: `2026-05-${String(objects.size).padStart(2, "0")}T00:00:00Z`,
      storageClass: "Standard",
      crc64: null,
    };
  };
  world.clients.objects = async () =>
    only<ObjectStore>({
      headObject: async ({ key }) => (objects.has(key) ? headOf(key) : null),
      listObjects: async ({ prefix }) => ({
        objects: [...objects.keys()].filter((key) => key.startsWith(prefix)).map(headOf),
        nextContinuationToken: null,
      }),
      readRange: async ({ key }, offset, length) =>
        (objects.get(key) ?? Buffer.alloc(0)).subarray(offset, offset + length),
    });
});

function put(key: string, forkGuid: string, firstLsn: bigint, finishedAt: string): void {
  const set = {
    type: "full" as const,
    databaseName: "Sales",
    firstLsn,
    lastLsn: firstLsn + 100n,
    checkpointLsn: firstLsn,
    firstRecoveryForkGuid: forkGuid,
    lastRecoveryForkGuid: forkGuid,
    startedAt: finishedAt,
    finishedAt,
    payloadBytes: 20_000,
  };
  objects.set(key, Buffer.concat([...backupBytes({ sets: [set] })]));
}

async function find(change: Partial<MigrationDraft> = {}) {
  const draft: MigrationDraft = {
    ...EMPTY_DRAFT,
    backupBy: "others",
    transport: "bucket_watch",
    cloudConnectionId: "cloud",
    bucket: "staging",
    sourceDatabase: "Sales",
    ...change,
  };
  const { id } = await createDraft({ ctx: world.as("operator"), input: { draft } });
  return findTimelines({ ctx: world.as("operator"), input: { migrationId: id } });
}

test("files of two timelines of one name are told apart before anything is started, the newest first", async () => {
  put("a.bak", OLD, 900n, "2026-11-01T01:00:00");
  put("b.bak", NEW, 600n, "2026-11-20T01:00:00");
  objects.set("notes.txt", Buffer.from("no backup"));
  const { timelines, looked, of, sourceForkGuid } = await find();
  expect(timelines.map(({ forkGuid }) => forkGuid?.toLowerCase())).toEqual([NEW, OLD]);
  expect(timelines[0]).toMatchObject({ names: ["Sales"], firstLsn: "600", newestAt: "2026-11-20T01:00:00" });
  expect({ looked, of, sourceForkGuid }).toEqual({ looked: 3, of: 3, sourceForkGuid: null });
});

test("the source says which one it is on; where it does not answer nothing is said", async () => {
  put("a.bak", OLD, 900n, "2026-11-01T01:00:00");
  put("b.bak", NEW, 600n, "2026-11-20T01:00:00");
  world.clients.source = async () =>
    only<SourceServer>({
      readChainGuard: async () => ({ ...GUARD, forkGuid: NEW }),
    });
  expect((await find({ sourceConnectionId: "sql" })).sourceForkGuid).toBe(NEW);
  world.clients.source = () =>
    Promise.reject(
      new ExternalError({
        system: "sql_server",
        kind: "unavailable",
        providerCode: null,
        providerMessage: "",
        providerRequestId: null,
        mayHaveHappened: false,
      }),
    );
  expect((await find({ sourceConnectionId: "sql" })).sourceForkGuid).toBeNull();
});

test("of one timeline, of backups that the app takes, and without a place there is nothing to choose", async () => {
  put("b.bak", NEW, 600n, "2026-11-20T01:00:00");
  expect((await find()).timelines.length).toBeLessThan(2);
  put("a.bak", OLD, 900n, "2026-11-01T01:00:00");
  expect((await find({ backupBy: "app" })).timelines).toEqual([]);
  expect((await find({ bucket: null })).timelines).toEqual([]);
  expect((await find({ prefix: "other/" })).timelines).toEqual([]);
});
