import type RamClient from "@alicloud/ram20150501";
import type RdsClient from "@alicloud/rds20140815";
import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import type { CloudCredentials } from "@/lib/diagnosis/cloud-credentials";
import { type CommonClient, loadSdk, type Sdk } from "./load-sdk";
import type { RdsAccountConfig } from "./rds-account";

export interface RdsClients {
  sdk: Sdk;
  /** Tries throttled and failed calls again. */
  reads: RdsClient;
  /** Never tries again: a repeated CreateMigrateTask costs one of 20 a day, or breaks the chain. */
  writes: RdsClient;
  ram: RamClient;
  sts: CommonClient;
}

const STS_ENDPOINT = "https://sts.aliyuncs.com";
const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 60_000;

/** The three clients of an account. `credentials` is asked before every call, so that a token can be renewed. */
export async function createRdsClients(
  config: RdsAccountConfig,
  credentials: () => Promise<CloudCredentials>,
): Promise<RdsClients> {
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
    credential: new sdk.Credential(null, {
      getProviderName: () => "chainferry",
      getCredentials: async () => {
        const { accessKeyId, accessKeySecret, securityToken } = await credentials();
        return { accessKeyId, accessKeySecret, securityToken: securityToken ?? "" };
      },
    }),
    regionId: config.regionId,
    // Handed on by the SDK with every call: `routeSdkRequests` makes trust of it.
    ...(config.certificateAuthority ? { ca: config.certificateAuthority } : {}),
  };
  // The SDK counts its connect time-out as silence on the socket, after the connection stands too: both are one value.
  const patience = (ms: number) => ({ connectTimeout: ms, readTimeout: ms });
  const { Config } = sdk.openApi;
  const observed = <Client extends CommonClient>(client: Client): Client => observe(client, config.onAnswer);
  const rds = { ...common, ...endpointOf(config.endpoint) };
  return {
    sdk,
    reads: observed(new sdk.RdsClient(new Config({ ...rds, ...patience(readTimeoutMs), retryOptions }))),
    writes: new sdk.RdsClient(new Config({ ...rds, ...patience(Math.max(readTimeoutMs, WRITE_TIMEOUT_MS)) })),
    sts: observed(
      new sdk.ApiClient(
        new Config({
          ...common,
          // Who stands in for RAM stands in for STS.
          ...endpointOf(config.ramEndpoint ?? STS_ENDPOINT),
          ...patience(readTimeoutMs),
          retryOptions,
        }),
      ),
    ),
    ram: observed(
      new sdk.RamClient(
        new Config({
          ...common,
          ...endpointOf(config.ramEndpoint),
          ...patience(readTimeoutMs),
          retryOptions,
        }),
      ),
    ),
  };
}

/** The SDK leaves out of an answer what its models don't name; `callApi` has it whole. */
function observe<Client extends CommonClient>(client: Client, onAnswer: AnswerObserver | undefined): Client {
  if (onAnswer === undefined) return client;
  const callApi = client.callApi.bind(client);
  const told: CommonClient["callApi"] = async (params, request, runtime) => {
    const answer = await callApi(params, request, runtime);
    onAnswer({ system: "rds", call: params.action ?? "", body: Reflect.get(answer, "body") });
    return answer;
  };
  return Object.assign(client, { callApi: told });
}

/** The SDK wants `host:port` and the scheme apart; nothing: its own map of regions, over HTTPS. */
function endpointOf(endpoint: string | null | undefined): { endpoint?: string; protocol: string } {
  if (!endpoint) return { protocol: "https" };
  const url = new URL(/^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`);
  return { endpoint: url.host, protocol: url.protocol.slice(0, -1) };
}
