import { readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";

/** Runs the engine without the web server until SIGINT or SIGTERM. Needs PostgreSQL: the embedded store has one user. */
export async function runWorkerCommand(): Promise<number> {
  const config = readConfig(process.env);
  if (config.databaseUrl === null) {
    console.error("chainferry worker: set DATABASE_URL to a PostgreSQL server that the dashboard uses too.");
    console.error("Without it the dashboard's own process runs the engine, and nothing else is needed.");
    return 1;
  }
  const runtime = await startRuntime({ ...config, engine: "separate" }, { runsSteps: true });
  console.error("chainferry worker: running");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await runtime.stop();
  return 0;
}
