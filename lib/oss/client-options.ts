import { isIP } from "node:net";
import type { CloudCredentials } from "@/lib/diagnosis/cloud-credentials";
import { outgoingRoute } from "@/lib/network/outgoing-route";
import { httpTransport } from "./http-transport";
import type { ObjectStoreConfig } from "./object-store";
import type { OssClientOptions } from "./oss-client";

/** What ali-oss is told: always V4, plain HTTP only for an `http://` endpoint, the region without `-internal`. */
export function clientOptions(config: ObjectStoreConfig, credentials: CloudCredentials): OssClientOptions {
  const endpoint = config.endpoint ? new URL(withScheme(config.endpoint)) : null;
  return {
    ...keyOptions(credentials),
    authorizationV4: true,
    region: `oss-${config.regionId.replace(/^oss-/, "").replace(/-internal$/, "")}`,
    secure: endpoint?.protocol !== "http:",
    ...(endpoint ? { endpoint: endpoint.origin } : config.internal ? { internal: true } : {}),
    // A bucket's name in front of `localhost` does not resolve; in front of an address ali-oss leaves it out itself.
    ...(endpoint && (endpoint.hostname === "localhost" || isRelayed(endpoint)) ? { sldEnable: true } : {}),
    urllib: httpTransport,
  };
}

/** Options of calls for a bucket's objects: over the custom domain where there is one. */
export function objectOptions(config: ObjectStoreConfig, options: OssClientOptions): OssClientOptions {
  if (!config.domain) return options;
  const domain = new URL(withScheme(config.domain));
  const { internal: _internal, sldEnable: _path, ...rest } = options;
  return { ...rest, endpoint: domain.origin, secure: domain.protocol !== "http:", cname: true };
}

/** A proxy that reads requests names the host as their address has it: the bucket has to stand in the path. */
function isRelayed(endpoint: URL): boolean {
  return isIP(endpoint.hostname.replace(/^\[|\]$/g, "")) !== 0 && outgoingRoute(endpoint).relay !== null;
}

/** The part of the options that changes while a token is renewed. */
export function keyOptions({
  accessKeyId,
  accessKeySecret,
  securityToken,
}: CloudCredentials): Pick<
  OssClientOptions,
  "accessKeyId" | "accessKeySecret" | "stsToken" | "refreshSTSTokenInterval"
> {
  return {
    accessKeyId,
    accessKeySecret,
    ...(securityToken ? { stsToken: securityToken, refreshSTSTokenInterval: 300_000 } : {}),
  };
}

function withScheme(endpoint: string): string {
  return /^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
}
