import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { countImportsToday } from "@/lib/once/count-imports";
import { LOOK_GRACE_MS } from "@/lib/once/look-grace";
import { openToken } from "@/lib/once/open-effect";
import type { ObjectStore } from "@/lib/oss/object-store";
import { openDatabase } from "./open-database";
import {
  addMigration,
  backupOf,
  fileOf,
  openTestRecords,
  outage,
  resetTestRecords,
  type TestRecords,
  taskOf,
} from "./open-test-records";
import { uploadIncremental } from "./upload-incremental";

let r: TestRecords;
beforeAll(async () => {
  r = await openTestRecords(openQuickCtx);
}, OPENING_MS);
afterAll(() => r.world.close());
beforeEach(() => resetTestRecords(r));

describe("Upload Incremental Files", () => {
  const upload = { connectionId: "cloud", instanceId: "rm-1", bucket: "staging", key: "shop/log1.trn" };
  const send = (change: Partial<typeof upload> = {}) =>
    uploadIncremental({
      ctx: r.world.as("operator"),
      input: { taskId: "106121", upload: { ...upload, ...change } },
    });
  const refusal = (reason: string) => ({ fields: { reason } });

  beforeEach(() => r.objects.set("shop/log1.trn", backupOf("log", 100n, 200n)));

  test("hands the object to the waiting task, with the endpoint that RDS needs", async () => {
    expect(await send()).toEqual({ rdsTaskId: "106121" });
    expect(r.imports).toEqual([
      {
        instanceId: "rm-1",
        databaseName: "shop",
        method: "access_pending",
        taskId: "106121",
        checkMode: "async",
        object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket: "staging", key: "shop/log1.trn" },
      },
    ]);
  });

  test("is not for viewers", async () => {
    const ctx = r.world.as("viewer");
    await expect(uploadIncremental({ ctx, input: { taskId: "106121", upload } })).rejects.toMatchObject({
      fields: { code: "forbidden" },
    });
  });

  test.each(["running", "waiting_for_user", "failed"])(
    "is refused while the task belongs to a migration that is %s",
    async (status) => {
      await addMigration(r, status);
      await expect(send()).rejects.toMatchObject({
        fields: { reason: "task_belongs_to_migration", params: { migrationId: "m1", name: "shop" } },
      });
      expect(r.imports).toEqual([]);
    },
  );

  test.each<[string, () => void, string]>([
    ["a full backup", () => r.objects.set(upload.key, backupOf("full", 100n, 200n)), "object_is_full_backup"],
    [
      "a part of a database",
      () => r.objects.set(upload.key, backupOf("file", 100n, 200n)),
      "object_type_not_accepted",
    ],
    ["no backup", () => void r.objects.set(upload.key, Buffer.alloc(20_000, 65)), "object_not_a_backup"],
    ["nothing", () => void r.objects.delete(upload.key), "object_not_found"],
    ["a task that runs", () => void r.tasks.splice(0, 1, taskOf({ status: "running" })), "task_not_waiting"],
    ["no task", () => void r.tasks.splice(0), "task_not_found"],
  ])("refuses %s before anything is submitted", async (_name, arrange, reason) => {
    arrange();
    await expect(send()).rejects.toMatchObject(refusal(reason));
    expect(r.imports).toEqual([]);
  });

  test("refuses half a file", async () => {
    const whole = r.objects.get(upload.key) ?? Buffer.alloc(0);
    r.objects.set(upload.key, whole.subarray(0, Math.floor(whole.length / 2)));
    await expect(send()).rejects.toMatchObject({ fields: { code: "precondition_failed" } });
    expect(r.imports).toEqual([]);
  });

  describe("of a migration that was cancelled while its task still waits", () => {
    const held = { targetLsn: "100", targetBaseGuid: null, targetBaseLsn: null, targetForkGuid: null };

    test("continues its chain, file by file", async () => {
      await addMigration(r, "cancelled", held);
      await send();
      r.files = [fileOf("log1.trn", "restored")];
      r.objects.set("shop/log2.trn", backupOf("log", 200n, 300n));
      await send({ key: "shop/log2.trn" });
      expect(r.imports.map((request) => request.object.key)).toEqual(["shop/log1.trn", "shop/log2.trn"]);
    });

    test("refuses a gap, naming where the target stands", async () => {
      await addMigration(r, "cancelled", held);
      r.objects.set(upload.key, backupOf("log", 150n, 200n));
      await expect(send()).rejects.toMatchObject({
        fields: {
          reason: "object_does_not_continue_chain",
          params: { kind: "gap", atLsn: "100", fromLsn: "150", toLsn: "200" },
        },
      });
      expect(r.imports).toEqual([]);
    });

    test("refuses another database", async () => {
      await addMigration(r, "cancelled", { ...held, sourceDatabase: "Else" });
      await expect(send()).rejects.toMatchObject(refusal("object_wrong_database"));
    });
  });

  describe("where the edition lists no files of a task", () => {
    beforeEach(() => {
      r.rds.listFiles = () =>
        Promise.reject(
          new ExternalError({
            system: "rds",
            kind: "invalid",
            providerCode: "UnsupportedOperation",
            providerMessage: "The operation is not supported.",
            providerRequestId: null,
            mayHaveHappened: false,
          }),
        );
    });

    test("hands the object over all the same, and knows by its own record how far the target is", async () => {
      await send();
      r.objects.set("shop/log3.trn", backupOf("log", 300n, 400n));
      await expect(send({ key: "shop/log3.trn" })).rejects.toMatchObject(
        refusal("object_does_not_continue_chain"),
      );
      r.objects.set("shop/log2.trn", backupOf("log", 200n, 300n));
      await send({ key: "shop/log2.trn" });
      expect(r.imports.map(({ object }) => object.key)).toEqual(["shop/log1.trn", "shop/log2.trn"]);
    });

    test("and hands nothing over twice", async () => {
      await send();
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      expect(r.imports).toHaveLength(1);
    });
  });

  describe("hands over nothing twice", () => {
    test("when RDS lists the file already", async () => {
      r.files = [fileOf("log1.trn", "restoring")];
      await expect(send()).rejects.toMatchObject(refusal("object_already_in_task"));
      expect(r.imports).toEqual([]);
    });

    test("but a file that failed may be sent again", async () => {
      r.files = [fileOf("log1.trn", "restore_failed")];
      await send();
      expect(r.imports).toHaveLength(1);
    });

    test("when the answer was lost, RDS's list decides", async () => {
      r.rds.createImport = async (request) => {
        r.imports.push(request);
        r.files = [fileOf("log1.trn", "not_started")];
        throw outage(true);
      };
      expect(await send()).toEqual({ rdsTaskId: "106121" });
      await expect(send()).rejects.toMatchObject(refusal("object_already_in_task"));
      expect(r.imports).toHaveLength(1);
    });

    test("when nothing can tell, a person decides; after the grace time without the file it did not happen", async () => {
      r.rds.createImport = async (request) => {
        r.imports.push(request);
        throw outage(true);
      };
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      expect(r.imports).toHaveLength(1);
      r.world.clock.at = new Date(r.world.clock.at.getTime() + LOOK_GRACE_MS);
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      expect(r.imports).toHaveLength(2);
    });

    test("when two people press at once", async () => {
      const settled = await Promise.allSettled([send(), send()]);
      expect(settled.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(r.imports).toHaveLength(1);
    });

    test("when the second looked before the first was done", async () => {
      const store = await r.world.clients.objects?.("cloud");
      if (!store) throw new Error("no store");
      let first: Promise<unknown> | null = null;
      // The second request stands between its look and its own call while the first one goes all the way.
      const bucketInfo: ObjectStore["bucketInfo"] = async (name) => {
        if (first === null) {
          first = send();
          await first;
        }
        return store.bucketInfo(name);
      };
      r.world.clients.objects = async () =>
        only<ObjectStore>({ bucketInfo, headObject: store.headObject, readRange: store.readRange });
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      expect(r.imports).toHaveLength(1);
    });

    test("with another key of the account: the first call is looked for, not repeated", async () => {
      r.rds.createImport = async (request) => {
        r.imports.push(request);
        throw outage(true);
      };
      await expect(send()).rejects.toMatchObject(refusal("import_outcome_unknown"));
      await expect(send({ connectionId: "second-key" })).rejects.toMatchObject(
        refusal("import_outcome_unknown"),
      );
      r.objects.set("shop/log2.trn", backupOf("log", 200n, 300n));
      await expect(send({ connectionId: "second-key", key: "shop/log2.trn" })).rejects.toMatchObject(
        refusal("other_call_open"),
      );
      expect(r.imports).toHaveLength(1);
    });

    test("a plain refusal leaves the way open", async () => {
      const accept = r.rds.createImport;
      r.rds.createImport = () => Promise.reject(outage(false));
      await expect(send()).rejects.toBeInstanceOf(ExternalError);
      if (accept) r.rds.createImport = accept;
      await send();
      expect(r.imports).toHaveLength(1);
    });
  });
});

describe("the day's imports", () => {
  const add = (index: number, change: object) =>
    r.world.ctx.db.onceCall.create({
      data: {
        id: `used-${index}`,
        kind: "import",
        subject: "target rm-1/shop",
        item: `${index}`,
        connectionId: "cloud",
        instanceId: "rm-1",
        databaseName: "shop",
        request: {},
        outcome: "accepted",
        actor: "engine",
        intendedAt: r.world.clock.at,
        settledAt: r.world.clock.at,
        ...change,
      },
    });
  const send = () => {
    const upload = { connectionId: "cloud", instanceId: "rm-1", bucket: "staging", key: "shop/log1.trn" };
    return uploadIncremental({ ctx: r.world.as("operator"), input: { taskId: "106121", upload } });
  };

  beforeEach(() => r.objects.set("shop/log1.trn", backupOf("log", 100n, 200n)));

  test("count what is handed over from the records, and forbid one too many", async () => {
    for (let index = 0; index < 19; index += 1) await add(index, {});
    await send();
    const used = await countImportsToday(r.world.ctx.db, {
      instanceId: "rm-1",
      databaseName: "SHOP",
      now: r.world.clock.at,
    });
    expect(used).toEqual({ ofDatabase: 20, ofInstance: 20, promised: 0 });
    r.objects.set("shop/log2.trn", backupOf("log", 200n, 300n));
    const upload = { connectionId: "cloud", instanceId: "rm-1", bucket: "staging", key: "shop/log2.trn" };
    await expect(
      uploadIncremental({ ctx: r.world.as("operator"), input: { taskId: "106121", upload } }),
    ).rejects.toMatchObject({ fields: { reason: "imports_exhausted", params: { used: 20, limit: 20 } } });
    expect(r.imports).toHaveLength(1);
  });

  test("are 500 of all databases of the instance together, and begin anew each day", async () => {
    const row = {
      kind: "import",
      subject: "target rm-1/other",
      item: "x",
      connectionId: "cloud",
      instanceId: "rm-1",
      databaseName: "other",
      request: {},
      outcome: "accepted",
      actor: "engine",
      intendedAt: r.world.clock.at,
      settledAt: r.world.clock.at,
    };
    await r.world.ctx.db.onceCall.createMany({
      data: Array.from({ length: 500 }, (_, index) => ({ ...row, id: `other-${index}` })),
    });
    await expect(send()).rejects.toMatchObject({ fields: { reason: "instance_imports_exhausted" } });
    r.world.clock.at = new Date(r.world.clock.at.getTime() + 86_400_000);
    await send();
    expect(r.imports).toHaveLength(1);
  });
});

describe("Open Database", () => {
  const open = {
    connectionId: "cloud",
    instanceId: "rm-1",
    checkMode: "async" as const,
    confirmName: "shop",
  };
  const send = (change: Partial<typeof open> = {}) =>
    openDatabase({ ctx: r.world.as("operator"), input: { taskId: "106121", open: { ...open, ...change } } });

  test("opens once however often it is pressed: the token is the task's", async () => {
    expect(await send()).toEqual({ requestId: "R-2" });
    await send();
    expect(new Set(r.opens.map((request) => request.clientToken))).toEqual(
      new Set([openToken("rm-1", "106121")]),
    );
    expect(openToken("rm-1", "106121")).toMatch(/^[0-9a-f]{48}$/);
    expect(openToken("rm-2", "106121")).not.toBe(openToken("rm-1", "106121"));
  });

  test("needs the database's name, exactly", async () => {
    await expect(send({ confirmName: "SHOP" })).rejects.toMatchObject({
      fields: { reason: "name_does_not_match", params: { expected: "shop" } },
    });
    expect(r.opens).toEqual([]);
  });

  test("when the answer was lost, the task tells", async () => {
    r.rds.openDatabase = async (request) => {
      r.opens.push(request);
      r.tasks = [taskOf({ status: "running" })];
      throw outage(true);
    };
    expect(await send()).toEqual({ requestId: null });
    expect(r.opens).toHaveLength(1);
    expect(await r.world.ctx.db.onceCall.findMany()).toMatchObject([
      { kind: "open", outcome: "accepted", settledBy: "look" },
    ]);
  });

  test("when nothing tells, pressing again is the same call", async () => {
    r.rds.openDatabase = async (request) => {
      r.opens.push(request);
      throw outage(true);
    };
    await expect(send()).rejects.toMatchObject({ fields: { reason: "open_outcome_unknown" } });
    await expect(send()).rejects.toMatchObject({ fields: { reason: "open_outcome_unknown" } });
    expect(new Set(r.opens.map((request) => request.clientToken)).size).toBe(1);
  });

  test.each([
    ["its task", {}],
    ["its database, before its task is known", { rdsTaskId: null, targetDatabase: "SHOP" }],
  ])("is refused to a second key of the account while a migration runs on %s", async (_what, change) => {
    await addMigration(r, "waiting_for_user", change);
    await expect(send({ connectionId: "second-key" })).rejects.toMatchObject({
      fields: { reason: "task_belongs_to_migration" },
    });
    expect(r.opens).toEqual([]);
  });

  test("is left to the migration that the task belongs to", async () => {
    await addMigration(r, "waiting_for_user");
    await expect(send()).rejects.toMatchObject({ fields: { reason: "task_belongs_to_migration" } });
  });
});
