import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect as connectTls, type SecureContext } from "node:tls";
import { ProxyError, proxyRefusal } from "./network-error";

export const KEPT = { keepAlive: true, maxSockets: 64 } as const;
const CONNECT_TIMEOUT_MS = 10_000;

type Connected = (error: Error | null, stream: Duplex) => void;

/** What a proxy with a login in its address is told. */
export function proxyLogin(proxy: URL): Record<string, string> {
  if (proxy.username === "" && proxy.password === "") return {};
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}

/** HTTPS through a proxy: each kept connection is a tunnel by CONNECT, with TLS to the service itself in it. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: URL;
  readonly #secureContext: SecureContext | undefined;

  constructor(proxy: URL, secureContext?: SecureContext) {
    super(KEPT);
    this.#proxy = proxy;
    this.#secureContext = secureContext;
  }

  override createConnection(options: https.RequestOptions, callback?: Connected): undefined {
    const done = callback ?? (() => undefined);
    const nowhere = (error: Error): void => Reflect.apply(done, undefined, [error]);
    openTunnel(this.#proxy, hostAndPort(options), nowhere, (socket) => {
      const { servername } = options as ConnectionOptions;
      const secure = connectTls({
        socket,
        servername: servername ?? nameFor(String(options.host)),
        // Compared with the certificate where the service is an address, which TLS does not take for a name.
        host: String(options.host),
        ALPNProtocols: ["http/1.1"],
        ...(this.#secureContext ? { secureContext: this.#secureContext } : {}),
      });
      secure.once("error", nowhere);
      secure.once("secureConnect", () => {
        secure.off("error", nowhere);
        done(null, secure);
      });
    });
  }
}

/** Plain HTTP through a proxy: the request names the whole address, and all hosts share its connections. */
export function plainAgent(proxy: URL): http.Agent {
  return proxy.protocol === "https:" ? new SecureRelayAgent(KEPT) : new http.Agent(KEPT);
}

/** Node refuses an `https.Agent` for a request that is plain HTTP, also where only the way to its proxy is secure. */
class SecureRelayAgent extends http.Agent {
  override createConnection(options: http.ClientRequestArgs): Duplex {
    const host = String(options.host);
    return connectTls({ host, port: Number(options.port), servername: nameFor(host) });
  }
}

function openTunnel(
  proxy: URL,
  target: string,
  failed: (error: Error) => void,
  opened: (socket: Duplex) => void,
): void {
  const asking = (proxy.protocol === "https:" ? https : http).request({
    method: "CONNECT",
    host: proxy.hostname.replace(/^\[|\]$/g, ""),
    port: proxyPort(proxy),
    path: target,
    headers: { host: target, ...proxyLogin(proxy) },
    agent: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  asking.once("timeout", () => asking.destroy(new Error("No answer in time.")));
  asking.once("error", (error) => failed(unreachable(proxy, error)));
  asking.once("connect", (answer, socket) => {
    socket.setTimeout(0);
    if (answer.statusCode === 200) return opened(socket);
    socket.destroy();
    failed(proxyRefusal(proxy.host, answer.statusCode ?? 0));
  });
  // Some proxies refuse with an answer that Node does not take for one to CONNECT.
  asking.once("response", (answer) => {
    asking.destroy();
    failed(proxyRefusal(proxy.host, answer.statusCode ?? 0));
  });
  asking.end();
}

export function proxyPort(proxy: URL): number {
  return Number(proxy.port || (proxy.protocol === "https:" ? 443 : 80));
}

export function unreachable(proxy: URL, cause: unknown): ProxyError {
  const why = cause instanceof Error ? String(Reflect.get(cause, "code") ?? cause.message) : String(cause);
  return new ProxyError("ProxyUnreachable", `No connection to the proxy ${proxy.host}: ${why}.`, cause);
}

function hostAndPort({ host, port }: https.RequestOptions): string {
  const name = String(host);
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port ?? 443}`;
}

function nameFor(host: string): string {
  return isIP(host) === 0 ? host : "";
}
