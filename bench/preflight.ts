import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoDraft } from "@/lib/demo/demo-draft";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/preflight/run-probes";
import { SANDBOX_CLOUD_ID, SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import { startBesideSandbox } from "@/lib/start/start-beside-sandbox";
import { startFarSandbox } from "./far-sandbox";

const LATENCY_MS = 20;
const ROUNDS = 5;

/**
 * The whole preflight with every system 20 ms away: how long a round takes, in milliseconds and in the time of one call.
 * `coldMs` is the first of the process, code still to be loaded; in the others (`medianMs`) connections are made anew.
 * `heldMs` has them open already.
 */
export async function benchPreflight(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-bench-preflight-"));
  const latencies = { sqlServer: LATENCY_MS, oss: LATENCY_MS, rds: LATENCY_MS };
  const sandbox = await startFarSandbox({ folder, latencies });
  const { endpoints } = sandbox;
  const { sqlServer } = endpoints;
  const runtime = await startBesideSandbox(endpoints, {
    dataFolder: folder,
    databaseUrl: null,
    pollMs: 60_000,
    lookGraceMs: 60_000,
    runsSteps: false,
  });
  try {
    const ctx = runtime.ctxFor({ kind: "person", id: "bench", name: "bench", role: "administrator" });
    const draft = demoDraft(
      { by: "app", folder: sqlServer.localFolder, database: sqlServer.databases[0] ?? "SalesDB" },
      endpoints,
    );
    let probes = 0;
    const round = async (anew: boolean): Promise<number> => {
      if (anew) for (const id of [SANDBOX_SOURCE_ID, SANDBOX_CLOUD_ID]) await ctx.clients.forget(id);
      const began = performance.now();
      probes = (await probeDraft({ ctx, draft, steps: PROBE_STEPS })).length;
      return performance.now() - began;
    };
    const coldMs = await round(true);
    const anew: number[] = [];
    const held: number[] = [];
    for (let count = 0; count < ROUNDS; count += 1) {
      anew.push(await round(true));
      held.push(await round(false));
    }
    const medianMs = median(anew);
    return {
      latencyMs: LATENCY_MS,
      probes,
      coldMs: Math.round(coldMs),
      medianMs: Math.round(medianMs),
      heldMs: Math.round(median(held)),
      toOneCall: Math.round(medianMs / LATENCY_MS),
    };
  } finally {
    await runtime.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
