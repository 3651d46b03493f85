import { setCtxFactory } from "@/lib/server/ctx-registry";
import { readConfig } from "./config";
import { startRuntime } from "./runtime";

/** What the web process runs beside its routes. A start that fails ends the process: half a server helps nobody. */
export async function startServerRuntime(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const runtime = await startRuntime(config, { runsSteps: config.engine === "in_process" });
    setCtxFactory(runtime.ctxFor);
    const stop = () => {
      setCtxFactory(null);
      void runtime.stop().finally(() => process.exit(0));
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
