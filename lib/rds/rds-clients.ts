import type RamClient from "@alicloud/ram20150501";
import type RdsClient from "@alicloud/rds20140815";
import { loadSdk, type Sdk } from "./load-sdk";
import type { RdsAccountConfig } from "./rds-account";

export interface RdsClients {
  sdk: Sdk;
  /** Tries throttled and failed calls again. */
  reads: RdsClient;
  /** Never tries again: a repeated CreateMigrateTask costs one of 20 a day, or breaks the chain. */
  writes: RdsClient;
  ram: RamClient;
}

const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 60_000;

/** The three clients of an account. */
export async function createRdsClients(config: RdsAccountConfig): Promise<RdsClients> {
  const sdk = await loadSdk();
  const readTimeoutMs = config.readTimeoutMs ?? READ_TIMEOUT_MS;
  const retryOptions = new sdk.dara.RetryOptions({
    retryable: true,
    retryCondition: [
      {
        maxAttempts: 3,
        exception: ["ThrottlingError", "ServerError"],
        // A kept connection that the other side had closed.
        errorCode: ["ECONNRESET"],
        backoff: { policy: "Fixed", period: 500 },
      },
    ],
  });
  const common = {
    accessKeyId: config.accessKeyId,
    accessKeySecret: config.accessKeySecret,
    regionId: config.regionId,
    ...(config.securityToken ? { securityToken: config.securityToken } : {}),
  };
  // The SDK counts its connect time-out as silence on the socket, after the connection stands too: both are one value.
  const patience = (ms: number) => ({ connectTimeout: ms, readTimeout: ms });
  const { Config } = sdk.openApi;
  const rds = { ...common, ...endpointOf(config.endpoint) };
  return {
    sdk,
    reads: new sdk.RdsClient(new Config({ ...rds, ...patience(readTimeoutMs), retryOptions })),
    writes: new sdk.RdsClient(new Config({ ...rds, ...patience(Math.max(readTimeoutMs, WRITE_TIMEOUT_MS)) })),
    ram: new sdk.RamClient(
      new Config({ ...common, ...endpointOf(config.ramEndpoint), ...patience(readTimeoutMs), retryOptions }),
    ),
  };
}

/** The SDK wants `host:port` and the scheme apart; nothing: its own map of regions, over HTTPS. */
function endpointOf(endpoint: string | null | undefined): { endpoint?: string; protocol: string } {
  if (!endpoint) return { protocol: "https" };
  const url = new URL(/^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`);
  return { endpoint: url.host, protocol: url.protocol.slice(0, -1) };
}
