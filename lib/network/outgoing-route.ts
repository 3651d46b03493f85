import http from "node:http";
import https from "node:https";
import { ProxyError } from "./network-error";
import { KEPT, plainAgent, proxyLogin, proxyPort, TunnelAgent } from "./proxy-agents";
import { type Environment, proxyFor } from "./proxy-rules";
import { contextTrusting } from "./trusted-roots";

/** How a request reaches its service: what Node's `request` is told besides method, headers and path. */
export interface OutgoingRoute {
  agent: http.Agent;
  /** The request itself goes to a proxy, which reads it: plain HTTP only. */
  relay: { proxy: URL; host: string; port: number; path: string; headers: Record<string, string> } | null;
  /** The proxy on the way, of either kind. */
  proxy: URL | null;
}

const agents = new Map<string, http.Agent>();
let environment: Environment = {};

/**
 * Says where HTTPS_PROXY and the like stand: start-up does, once. Read anew for every request; before, requests leave
 * straight. The SDKs of a process share what they send by, so this is the process's, too.
 */
export function setNetworkEnvironment(variables: Environment): void {
  environment = variables;
}

/**
 * By which way a request leaves: straight or through the proxy that the environment names, trusting `certificateAuthority`
 * (PEM) besides the usual ones. Connections are kept by way and trust; `apart` from those of others where a caller judges
 * addresses as it connects. Throws ProxyError when the proxy's address can't be read.
 */
export function outgoingRoute(
  target: URL,
  certificateAuthority: string | null = null,
  apart = false,
): OutgoingRoute {
  const proxy = askProxy(target);
  const secure = target.protocol === "https:";
  const pem = secure ? (certificateAuthority ?? "") : "";
  if (proxy === null) {
    const agent = kept(`${apart ? "apart " : ""}${target.protocol} ${pem}`, () => {
      if (!secure) return new http.Agent(KEPT);
      return new https.Agent({
        ...KEPT,
        ...(pem === "" ? {} : { secureContext: contextTrusting(pem, environment.NODE_EXTRA_CA_CERTS) }),
      });
    });
    return { agent, relay: null, proxy };
  }
  if (secure) {
    const agent = kept(
      `tunnel ${proxy.href} ${pem}`,
      () =>
        new TunnelAgent(
          proxy,
          pem === "" ? undefined : contextTrusting(pem, environment.NODE_EXTRA_CA_CERTS),
        ),
    );
    return { agent, relay: null, proxy };
  }
  const relay = {
    proxy,
    host: proxy.hostname.replace(/^\[|\]$/g, ""),
    port: proxyPort(proxy),
    path: target.href,
    headers: proxyLogin(proxy),
  };
  return { agent: kept(`relay ${proxy.href}`, () => plainAgent(proxy)), relay, proxy };
}

function askProxy(target: URL): URL | null {
  try {
    return proxyFor(target, environment);
  } catch (error) {
    throw new ProxyError(
      "ProxyAddressInvalid",
      error instanceof Error ? error.message : String(error),
      error,
    );
  }
}

function kept(key: string, make: () => http.Agent): http.Agent {
  const known = agents.get(key);
  if (known) return known;
  const made = make();
  agents.set(key, made);
  return made;
}
