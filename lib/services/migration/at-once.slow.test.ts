import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationAction, MigrationDraft } from "@/lib/contracts/migration";
import type { ObjectStore } from "@/lib/oss/object-store";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { openStore } from "@/lib/store/open-store";
import { actOnMigration } from "./act-on-migration";

const programs = findPostgresPrograms();

/** Outcomes of calls that were made at the same moment: how many went through, and the reasons of the others. */
async function atOnce(calls: (() => Promise<unknown>)[]): Promise<{ won: number; lost: unknown[] }> {
  const settled = await Promise.allSettled(calls.map((call) => call()));
  const lost = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  return { won: settled.length - lost.length, lost };
}

if (programs !== null) {
  test("of what is asked for at the same moment one goes through, and the others are told in plain words", async ({
    onTestFinished,
  }) => {
    const server = await startPostgres(programs);
    onTestFinished(() => server.stop());
    const databaseUrl = await server.createDatabase("at_once");
    const store = await openStore({ databaseUrl, folder: tmpdir() });
    onTestFinished(() => store.close());
    const world = await openTestCtx();
    onTestFinished(() => world.close());
    world.clients.objects = async () =>
      only<ObjectStore>({
        bucketInfo: async (name) => ({
          name,
          regionId: "cn-hangzhou",
          storageClass: "Standard",
          acl: "private",
          encryption: "None",
          ownerId: "1",
          versioning: null,
          extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
          intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
        }),
      });
    let ids = 0;
    const ctx = { ...world.ctx, db: store.db, newId: () => `id-${++ids}` };
    const { db } = store;
    const cloud = { kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" };
    await db.connection.create({ data: { id: "cloud", ...cloud } });

    const drafts = ["a/", "b/", "c/"].map(
      (prefix): MigrationDraft => ({
        ...EMPTY_DRAFT,
        backupBy: "others",
        transport: "bucket_watch",
        cloudConnectionId: "cloud",
        bucket: "staging",
        prefix,
        instanceId: "rm-1",
        targetDatabase: "Shop",
      }),
    );
    const made = await Promise.all(drafts.map((draft) => createDraft({ ctx, input: { draft } })));
    const starts = await atOnce(
      made.map(({ id }, index) => () => {
        const reviewed = drafts[index] ?? EMPTY_DRAFT;
        return startMigration({ ctx, input: { migrationId: id, reviewed } });
      }),
    );
    expect(starts.won).toBe(1);
    for (const refusal of starts.lost) {
      expect(refusal).toMatchObject({
        fields: { reason: "draft_has_blockers", invalidParams: [{ path: "targetDatabase" }] },
      });
    }
    expect(await db.migration.count({ where: { status: { not: "draft" } } })).toBe(1);

    const migrationId = "m";
    await db.migration.create({
      data: {
        id: migrationId,
        name: "Sales",
        status: "waiting_for_user",
        phase: "rounds",
        draft: EMPTY_DRAFT,
        method: "access_pending",
        transport: "shared_folder",
        backupBy: "app",
        instanceId: "rm-1",
        targetDatabase: "Sales",
        createdBy: "test",
      },
    });
    const full = { name: "full.bak", objectKey: "full.bak", state: "imported", type: "full" };
    await db.backupFile.create({ data: { id: "f", migrationId, ...full } });
    const step = { key: "await_import:0", kind: "await_import", nature: "repeatable", ordinal: 1 };
    await db.migrationStep.create({
      data: { id: "s", migrationId, ...step, status: "succeeded", fileId: "f", input: {} },
    });
    const act = (action: MigrationAction) => () => actOnMigration({ ctx, input: { migrationId, action } });
    const log = act({ type: "take_backup", backup: "log" });
    const cutover = act({
      type: "cutover",
      stopWrites: "restricted_user",
      checkMode: "async",
      confirmName: "Sales",
    });

    const logs = await atOnce([log, log, log]);
    expect(logs.won).toBe(1);
    for (const refusal of logs.lost) {
      expect(refusal).toMatchObject({ fields: { code: "conflict", reason: "action_not_allowed" } });
    }
    const cutovers = await atOnce([cutover, cutover, cutover]);
    expect(cutovers.won).toBe(1);
    for (const refusal of cutovers.lost) {
      expect(refusal).toMatchObject({ fields: { code: "conflict", reason: "action_not_allowed" } });
    }
    const types = ["round_requested", "cutover_requested"];
    const events = await db.migrationEvent.findMany({ where: { migrationId, type: { in: types } } });
    expect(events.map(({ type }) => type).sort()).toEqual([...types].sort());
  }, 120_000);
}
