import type CredentialClass from "@alicloud/credentials";
import type RamClientClass from "@alicloud/ram20150501";
import type RdsClientClass from "@alicloud/rds20140815";

import { routeSdkRequests } from "./route-sdk-requests";

type RdsModule = typeof import("@alicloud/rds20140815");
type RamModule = typeof import("@alicloud/ram20150501");
type CoreModule = typeof import("@alicloud/openapi-core");
type DaraModule = typeof import("@darabonba/typescript");

/** One signed call of any API. */
export type CommonClient = Pick<InstanceType<CoreModule["default"]>, "callApi">;

export interface Sdk {
  RdsClient: new (config: InstanceType<CoreModule["$OpenApiUtil"]["Config"]>) => RdsClientClass;
  RamClient: new (config: InstanceType<CoreModule["$OpenApiUtil"]["Config"]>) => RamClientClass;
  /** Takes a provider of its own, asked before every call. */
  Credential: new (
    config: null,
    provider: object,
  ) => CredentialClass;
  /** What all their clients are made of. */
  ApiClient: new (
    config: InstanceType<CoreModule["$OpenApiUtil"]["Config"]>,
  ) => CommonClient;
  rds: RdsModule;
  ram: RamModule;
  openApi: CoreModule["$OpenApiUtil"];
  dara: DaraModule;
}

let loading: Promise<Sdk> | null = null;

/** Loads the SDK packages at the first call: their thousands of model files take over a second, start-up shall not. */
export function loadSdk(): Promise<Sdk> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Sdk> {
  await routeSdkRequests();
  const [rdsImport, ramImport, coreImport, daraImport, credentialsImport] = await Promise.all([
    import("@alicloud/rds20140815"),
    import("@alicloud/ram20150501"),
    import("@alicloud/openapi-core"),
    import("@darabonba/typescript"),
    import("@alicloud/credentials"),
  ]);
  const core = namespaceWith<CoreModule>(coreImport, "$OpenApiUtil");
  return {
    RdsClient: defaultClass<Sdk["RdsClient"]>(rdsImport),
    RamClient: defaultClass<Sdk["RamClient"]>(ramImport),
    Credential: defaultClass<Sdk["Credential"]>(credentialsImport),
    ApiClient: defaultClass<Sdk["ApiClient"]>(coreImport),
    rds: namespaceWith<RdsModule>(rdsImport, "CreateMigrateTaskRequest"),
    ram: namespaceWith<RamModule>(ramImport, "GetRoleRequest"),
    openApi: core.$OpenApiUtil,
    dara: namespaceWith<DaraModule>(daraImport, "RetryOptions"),
  };
}

type ChainClass = typeof import("@alicloud/credentials").DefaultCredentialsProvider;

/** The class of the default credential chain. */
export async function loadDefaultChain(): Promise<ChainClass> {
  await routeSdkRequests();
  const imported = await import("@alicloud/credentials");
  return namespaceWith<{ DefaultCredentialsProvider: ChainClass }>(imported, "DefaultCredentialsProvider")
    .DefaultCredentialsProvider;
}

/**
 * CommonJS under several loaders: what the package calls `exports.default` is `module.default` for a bundler and
 * `module.default.default` for Node. https://nodejs.org/api/esm.html#commonjs-namespaces
 */
function* layers(imported: unknown): Generator<object> {
  let layer: unknown = imported;
  for (let depth = 0; depth < 3; depth++) {
    if ((typeof layer !== "object" && typeof layer !== "function") || layer === null) return;
    yield layer;
    layer = Reflect.get(layer, "default");
  }
}

function defaultClass<T>(imported: unknown): T {
  for (const layer of layers(imported)) {
    if (typeof layer === "function") return layer as T;
  }
  throw new Error("An Alibaba Cloud SDK package has no client class.");
}

function namespaceWith<T>(imported: unknown, name: string): T {
  for (const layer of layers(imported)) {
    if (Reflect.get(layer, name) !== undefined) return layer as T;
  }
  throw new Error(`An Alibaba Cloud SDK package has no ${name}.`);
}
