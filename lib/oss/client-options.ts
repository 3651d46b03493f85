import { httpTransport } from "./http-transport";
import type { ObjectStoreConfig } from "./object-store";
import type { OssClientOptions } from "./oss-client";

/** What ali-oss is told: always V4, plain HTTP only for an `http://` endpoint, the region without `-internal`. */
export function clientOptions(config: ObjectStoreConfig): OssClientOptions {
  const endpoint = config.endpoint ? new URL(withScheme(config.endpoint)) : null;
  return {
    accessKeyId: config.accessKeyId,
    accessKeySecret: config.accessKeySecret,
    ...(config.securityToken ? { stsToken: config.securityToken, refreshSTSTokenInterval: 300_000 } : {}),
    authorizationV4: true,
    region: `oss-${config.regionId.replace(/^oss-/, "").replace(/-internal$/, "")}`,
    secure: endpoint?.protocol !== "http:",
    ...(endpoint ? { endpoint: endpoint.origin } : {}),
    // A bucket's name in front of `localhost` does not resolve; in front of an address ali-oss leaves it out itself.
    ...(endpoint?.hostname === "localhost" ? { sldEnable: true } : {}),
    urllib: httpTransport,
  };
}

function withScheme(endpoint: string): string {
  return /^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
}
