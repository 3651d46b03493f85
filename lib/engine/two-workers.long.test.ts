import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { nextMove } from "@/lib/demo/demo-moves";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { acceptedKeys, begin, chainferry, end, firstLine } from "./workers-fixture";

const KILLS = Number(process.env.WORKER_KILLS ?? 3);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const LOOK_MS = 50;

const programs = findPostgresPrograms();
const folder = mkdtempSync(join(tmpdir(), "chainferry-workers-"));
const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];

/** The nth number in [0, 1) of the run's seed. */
function share(n: number): number {
  const wave = Math.sin(SEED + n * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
}

describe("workers on PostgreSQL", () => {
  // Without a PostgreSQL server on this machine there is nothing that two processes could share.
  test.skipIf(programs === null)(
    `two workers, with ${KILLS} killed at work, finish a migration (KILL_SEED=${SEED})`,
    async () => {
      if (programs === null) return;
      try {
        const sandbox = chainferry([
          "sandbox",
          "--folder",
          join(folder, "sandbox"),
          "--time-factor",
          "120",
          "--json",
        ]);
        closers.push(() => end(sandbox));
        const sandboxLine = firstLine(sandbox, "stdout");
        const postgres = await startPostgres(programs);
        closers.push(() => postgres.stop());
        const databaseUrl = await postgres.createDatabase("chainferry");
        const endpoints = JSON.parse(await sandboxLine) as SandboxEndpoints;
        const dashboard = await startBesideSandbox(endpoints, {
          dataFolder: folder,
          databaseUrl,
          pollMs: 150,
          lookGraceMs: 3_000,
          runsSteps: false,
        });
        closers.push(() => dashboard.stop());
        const ctx = dashboard.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });

        const startWorker = () => {
          const env = {
            DATABASE_URL: databaseUrl,
            CHAINFERRY_DATA: folder,
            CHAINFERRY_POLL_MS: "150",
            CHAINFERRY_LOOK_GRACE_MS: "3000",
          };
          const child = chainferry(["worker"], env);
          closers.push(() => end(child));
          return child;
        };
        const workers = [startWorker(), startWorker()];
        await Promise.all(workers.map((worker) => firstLine(worker, "stderr")));
        const migrationId = await begin(ctx, endpoints);

        const kind = { by: "app" as const, folder: endpoints.sqlServer.localFolder, database: "" };
        let finished = false;
        let kills = 0;
        const killing = (async () => {
          while (kills < KILLS && !finished) {
            const victim = await findAtWork(ctx, workers, () => finished);
            await sleep(share(kills) * 300);
            if (victim === null || finished) return;
            await end(victim);
            kills += 1;
            const next = startWorker();
            workers.splice(workers.indexOf(victim), 1, next);
            await firstLine(next, "stderr");
          }
        })();
        let view = await getMigration({ ctx, input: { migrationId } });
        for (let move = nextMove(view, kind); move.type !== "end"; move = nextMove(view, kind)) {
          if (move.type === "act") await actOnMigration({ ctx, input: { migrationId, action: move.action } });
          else await sleep(LOOK_MS);
          view = await getMigration({ ctx, input: { migrationId } });
        }
        finished = true;
        await killing;
        const failed = view.steps.filter((step) => step.failure !== null);
        expect(view, JSON.stringify(failed)).toMatchObject({ status: "succeeded" });
        expect(kills).toBeGreaterThan(0);
        const keys = await acceptedKeys(endpoints);
        expect(new Set(keys).size).toBe(keys.length);
        const imported = view.files.filter((file) => file.state === "imported").map((file) => file.objectKey);
        expect(keys.sort()).toEqual(imported.sort());
      } finally {
        for (const close of closers.reverse()) await close();
      }
    },
  );
});

/** Waits until one of the workers has a step: a kill of one that does nothing proves nothing. Null when it is over. */
async function findAtWork(
  ctx: Ctx,
  workers: ChildProcess[],
  isOver: () => boolean,
): Promise<ChildProcess | null> {
  while (!isOver()) {
    const held = await ctx.db.migrationStep.findFirst({
      where: { claimedBy: { not: null } },
      select: { claimedBy: true },
    });
    const worker = workers.find(({ pid }) => held?.claimedBy?.includes(`/${pid}/`));
    if (worker) return worker;
    await sleep(10);
  }
  return null;
}
