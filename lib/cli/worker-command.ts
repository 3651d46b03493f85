import { getPriority, setPriority } from "node:os";
import { readConfig, readReach } from "@/lib/start/config";
import { watchLoopDelay } from "@/lib/start/loop-delay";
import { startRuntime } from "@/lib/start/runtime";
import { type OperationsServer, serveOperations } from "@/lib/start/serve-operations";
import { strangeNamesWarning } from "@/lib/start/strange-names";
import { untilAskedToEnd } from "./until-asked-to-end";

/**
 * Runs the engine without the web server until SIGINT or SIGTERM. Needs PostgreSQL: the embedded store has one user. With `metricsPort`
 * it answers `/healthz`, `/readyz` and `/metrics` there, on 127.0.0.1.
 */
export async function runWorkerCommand({ metricsPort }: { metricsPort?: number } = {}): Promise<number> {
  const config = readConfig(process.env);
  if (config.databaseUrl === null) {
    console.error("chainferry worker: set DATABASE_URL to a PostgreSQL server that the dashboard uses too.");
    console.error("Without it the dashboard's own process runs the engine, and nothing else is needed.");
    return 1;
  }
  comeAfterPages();
  const eventLoop = watchLoopDelay();
  const runtime = await startRuntime({ ...config, engine: "separate" }, { runsSteps: true, traces: true });
  let operations: OperationsServer | null = null;
  try {
    if (metricsPort !== undefined) {
      const { metricsToken } = readReach(process.env);
      operations = await serveOperations({ runtime, eventLoop, metricsToken, port: metricsPort });
    }
    console.error("chainferry worker: running");
    const strange = strangeNamesWarning(process.env);
    if (strange !== null) console.error(`chainferry worker: ${strange}`);
    await untilAskedToEnd();
  } finally {
    await operations?.stop();
    eventLoop.stop();
    await runtime.stop();
  }
  return 0;
}

/** By so much a worker comes after other processes of the machine, where they share its processors. */
const BEHIND = 5;

/** What somebody waits for at a page comes first; a step waits for servers most of its time. */
function comeAfterPages(): void {
  try {
    setPriority(Math.min(19, getPriority() + BEHIND));
  } catch {
    // Where it may not be set there is none.
  }
}
