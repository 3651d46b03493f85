import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { createDraft } from "@/lib/services/draft/create-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { demoDraft } from "./demo-draft";

const TAKE_LOG: MigrationAction = { type: "take_backup", backup: "log" };

const TIME_FACTOR = 120;

test("while RDS restores the full the next log is asked for, and goes in after it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-overlap-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({
    folder: join(folder, "sandbox"),
    scenario: "clean",
    timeFactor: TIME_FACTOR,
  });
  onTestFinished(() => sandbox.stop());
  const { endpoints } = sandbox;
  const runtime = await startBesideSandbox(endpoints, {
    dataFolder: folder,
    databaseUrl: null,
    pollMs: 150,
    lookGraceMs: 3_000,
    runsSteps: true,
  });
  onTestFinished(() => runtime.stop());
  const ctx = runtime.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });
  const database = endpoints.sqlServer.databases[0] ?? "";
  const kind = { by: "app" as const, folder: endpoints.sqlServer.localFolder, database };
  const draft = demoDraft(kind, endpoints);
  const { id: migrationId } = await createDraft({ ctx, input: { draft } });
  await startMigration({ ctx, input: { migrationId, reviewed: draft } });
  const until = async (isThere: (view: MigrationView) => boolean): Promise<MigrationView> => {
    for (;;) {
      const view = await getMigration({ ctx, input: { migrationId } });
      expect(["failed", "unknown"]).not.toContain(view.status);
      if (isThere(view)) return view;
      await sleep(50);
    }
  };

  const handed = await until((view) => view.allowed.includes("take_log"));
  expect(handed.files.map(({ type, state }) => [type, state])).toEqual([["full", "importing"]]);
  await actOnMigration({ ctx, input: { migrationId, action: TAKE_LOG } });
  const busy = await until((view) => !view.allowed.includes("take_log"));
  expect(busy.notAllowed).toContainEqual({ action: "take_log", reason: "in_hand" });
  const ended = await until(
    (view) => view.files.length === 2 && view.files.every((file) => file.state === "imported"),
  );

  const stepOf = (kindOfStep: string, round: number) =>
    ended.steps.find((step) => step.kind === kindOfStep && step.round === round);
  const restored = stepOf("await_import", 0)?.finishedAt ?? "";
  expect((stepOf("import", 1)?.startedAt ?? "") >= restored).toBe(true);
  expect(ended.files.map(({ type, importedTimes }) => [type, importedTimes])).toEqual([
    ["full", 1],
    ["log", 1],
  ]);
});
