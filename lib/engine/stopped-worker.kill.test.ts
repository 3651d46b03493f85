import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { acceptedKeys, begin, chainferry, end, firstLine } from "./workers-fixture";

const POLL_MS = 150;
/** Longer than the stop: a call that had passed its last check may leave when the worker goes on. */
const LOOK_GRACE_MS = 45_000;
/** Claims go to others 20 s after the last sign of life. */
const STOP_MS = 24_000;

const programs = findPostgresPrograms();

/** The worker that has a step of this kind in hand while its call may be on its way. */
async function findCaller(ctx: Ctx, workers: ChildProcess[]): Promise<ChildProcess> {
  for (;;) {
    const failed = await ctx.db.migrationStep.findFirst({ where: { status: "failed" } });
    expect(failed, "nothing fails before").toBeNull();
    const call = await ctx.db.onceCall.findFirst({ where: { kind: "import", settledAt: null } });
    const step = call && (await ctx.db.migrationStep.findUnique({ where: { id: call.stepId ?? "" } }));
    const worker = workers.find(({ pid }) => step?.claimedBy?.includes(`/${pid}/`));
    if (worker) return worker;
    await sleep(2);
  }
}

// Without a PostgreSQL server on this machine there is nothing that two processes could share.
test.skipIf(programs === null)(
  "a worker that stands still for longer than its lease, its import intended, imports nothing twice when it goes on",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "chainferry-stopped-"));
    const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
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
      const postgres = await startPostgres(programs ?? "");
      closers.push(() => postgres.stop());
      const databaseUrl = await postgres.createDatabase("chainferry");
      const endpoints = JSON.parse(await sandboxLine) as SandboxEndpoints;
      const dashboard = await startBesideSandbox(endpoints, {
        dataFolder: folder,
        databaseUrl,
        pollMs: POLL_MS,
        lookGraceMs: LOOK_GRACE_MS,
        runsSteps: false,
      });
      closers.push(() => dashboard.stop());
      const ctx = dashboard.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });
      const workers = [0, 1].map(() => {
        const child = chainferry(["worker"], {
          DATABASE_URL: databaseUrl,
          CHAINFERRY_DATA: folder,
          CHAINFERRY_POLL_MS: String(POLL_MS),
          CHAINFERRY_LOOK_GRACE_MS: String(LOOK_GRACE_MS),
        });
        closers.push(() => end(child));
        return child;
      });
      await Promise.all(workers.map((worker) => firstLine(worker, "stderr")));
      const migrationId = await begin(ctx, endpoints);

      const caller = await findCaller(ctx, workers);
      caller.kill("SIGSTOP");
      await sleep(STOP_MS);
      caller.kill("SIGCONT");
      for (;;) {
        const full = await ctx.db.backupFile.findFirst({ where: { migrationId, type: "full" } });
        if (full?.state === "imported") break;
        const step = await ctx.db.migrationStep.findFirst({ where: { migrationId, status: "failed" } });
        expect(step, "nothing fails because a worker stood still").toBeNull();
        await sleep(100);
      }
      const keys = await acceptedKeys(endpoints);
      expect(keys).toHaveLength(1);
      const settled = await ctx.db.onceCall.findMany({ where: { kind: "import", outcome: "accepted" } });
      expect(settled.map(({ item }) => item)).toEqual(keys);
    } finally {
      for (const close of closers.reverse()) await close();
    }
  },
);
