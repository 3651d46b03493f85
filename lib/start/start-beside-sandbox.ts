import type { SandboxEndpoints } from "@/sandbox/sandbox";
import type { Config } from "./config";
import { type Runtime, startRuntime } from "./runtime";

/**
 * The product beside a sandbox, without its pages, for demos, benchmarks and tests: nobody signs in, nothing is forwarded and
 * only errors are logged. It works at steps itself, or leaves them to other processes. Errors: as `startRuntime`.
 */
export function startBesideSandbox(
  sandbox: SandboxEndpoints,
  options: Pick<Config, "dataFolder" | "databaseUrl" | "pollMs" | "lookGraceMs"> & { runsSteps: boolean },
): Promise<Runtime> {
  const { runsSteps, ...own } = options;
  return startRuntime(
    {
      ...own,
      engine: runsSteps ? "in_process" : "separate",
      sandbox,
      privateEndpoints: [],
      signIn: "off",
      logLevel: "error",
      auditTo: null,
      secretKey: null,
    },
    { runsSteps },
  );
}
