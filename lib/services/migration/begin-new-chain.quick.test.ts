import { afterEach, beforeAll, expect, test } from "vitest";
import { OPENING_MS, only } from "@/lib/context/open-test-ctx";
import { watchAllTargets } from "@/lib/drift/watch-all-targets";
import type { RdsAccount } from "@/lib/rds/rds-account";

import { addStep, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { getMigration } from "./get-migration";

let world: CustodyWorld;
// The first store takes longer than all others.
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const NEW_CHAIN = { type: "new_chain" } as const;
const OLD_TARGET = { targetLsn: "150", targetBaseGuid: "G", targetBaseLsn: "100", targetListed: true };

/** RDS has forgotten the task; the target is still listed as being restored. */
function forget(): void {
  world.clients.rds = async () =>
    only<RdsAccount>({
      listTasks: async () => [],
      findTask: async () => null,
      listDatabases: async () => [{ name: "Sales", status: "Restoring", collation: null }],
    });
}

test("a task that RDS forgot: the step fails with an alarm, and a new full begins a new chain in the same record", async () => {
  world = await openCustodyWorld(OLD_TARGET);
  const log = { name: "l.trn", objectKey: "sales/l.trn", state: "importing", type: "log" };
  await world.ctx.db.backupFile.create({ data: { id: "log", migrationId: "m", ...log } });
  await addStep(world, {
    kind: "await_import",
    nature: "repeatable",
    status: "waiting_external",
    fileId: "log",
    key: "await_import:1",
  });
  forget();
  await world.run("await_import");
  const stopped = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
  expect(stopped).toMatchObject({ status: "failed", alarms: [{ kind: "target_task_ended" }] });
  expect(stopped.allowed).toContain("new_chain");

  const view = await world.act(NEW_CHAIN);
  expect(view).toMatchObject({ status: "running", phase: "full", alarms: [], rdsTaskId: null });
  expect(view.steps.at(-1)).toMatchObject({ kind: "backup", round: 2, status: "queued" });
  const [planned] = await world.ctx.db.migrationStep.findMany({ where: { kind: "backup" } });
  expect(planned?.input).toEqual({ backup: "full", tail: false, final: false });
  expect(await world.row()).toMatchObject({
    targetLsn: null,
    targetBaseGuid: null,
    targetBaseLsn: null,
    targetListed: false,
  });
  expect(view.files.map(({ state }) => state)).toEqual(["skipped", "skipped"]);
  const events = await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
  expect(events.at(-1)).toMatchObject({
    type: "chain_begun_anew",
    actor: "operator",
    payload: { files: 2, rdsTaskId: "7" },
  });
  // Nobody looks at the old target any more.
  expect(await watchAllTargets(world.ctx)).toEqual([]);
  expect(view.allowed).not.toContain("new_chain");
});

test("with backups by others a new full of theirs is waited for", async () => {
  world = await openCustodyWorld({
    ...OLD_TARGET,
    backupBy: "others",
    transport: "bucket_watch",
    status: "waiting_for_backup",
  });
  forget();
  await watchAllTargets(world.ctx);
  const view = await world.act(NEW_CHAIN);
  expect(view.steps.at(-1)).toMatchObject({ kind: "find_file", status: "queued" });
  expect(view.files.map(({ state }) => state)).toEqual(["skipped"]);
});

test("a target that takes files keeps its chain", async () => {
  world = await openCustodyWorld(OLD_TARGET);
  await expect(world.act(NEW_CHAIN)).rejects.toMatchObject({ fields: { reason: "action_not_allowed" } });
});
