import { join } from "node:path";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { type PassingProxy, startPassingProxy } from "./passing-proxy";

/** Real milliseconds that a call to each system is longer than on loopback. */
export interface Latencies {
  sqlServer: number;
  oss: number;
  rds: number;
}

export interface FarSandbox {
  endpoints: SandboxEndpoints;
  stop(): Promise<void>;
}

/** A sandbox whose servers are some way off: each behind a proxy that delays what is asked of it. */
export async function startFarSandbox(input: {
  folder: string;
  latencies: Latencies;
  timeFactor?: number;
}): Promise<FarSandbox> {
  const { folder, latencies, ...options } = input;
  const proxies: PassingProxy[] = [];
  const sandbox = await startSandbox({ folder: join(folder, "sandbox"), ...options });
  const far = async (port: number, delayMs: number): Promise<number> => {
    const proxy = await startPassingProxy(port, { delayMs });
    proxies.push(proxy);
    return proxy.port;
  };
  const farUrl = async (url: string, delayMs: number) =>
    `http://127.0.0.1:${await far(Number(new URL(url).port), delayMs)}`;
  const { sqlServer, oss, rds } = sandbox.endpoints;
  return {
    endpoints: {
      ...sandbox.endpoints,
      sqlServer: { ...sqlServer, port: await far(sqlServer.port, latencies.sqlServer) },
      oss: { ...oss, endpoint: await farUrl(oss.endpoint, latencies.oss) },
      rds: { ...rds, endpoint: await farUrl(rds.endpoint, latencies.rds) },
    },
    stop: async () => {
      for (const proxy of proxies) await proxy.close();
      await sandbox.stop();
    },
  };
}
