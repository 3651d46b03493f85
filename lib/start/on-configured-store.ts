import { assertConfiguredStore } from "./check-configured-store";
import type { Config } from "./config";
import { type Runtime, startRuntime } from "./runtime";

/**
 * What a command does with the configured store, which is there already: no step is run, no sandbox is started, and the store is
 * closed at the end. Throws AppError `store_absent`, `store_locked` where a dashboard has it, and what `work` throws.
 */
export async function onConfiguredStore<T>(
  config: Config,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  await assertConfiguredStore(config);
  const runtime = await startRuntime({ ...config, engine: "separate", sandbox: null }, { runsSteps: false });
  try {
    return await work(runtime);
  } finally {
    await runtime.stop();
  }
}
