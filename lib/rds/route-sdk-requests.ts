import type { ClientRequestArgs } from "node:http";
import { neverConnected, proxyRefusal } from "@/lib/network/network-error";
import { outgoingRoute } from "@/lib/network/outgoing-route";
import { unreachable } from "@/lib/network/proxy-agents";

type HttpxModule = typeof import("httpx");
type RequestOptions = Parameters<HttpxModule["request"]>[1];

const ROUTED = Symbol.for("chainferry.httpx.routed");

/**
 * Lets all requests of the Alibaba Cloud SDKs leave by `outgoingRoute`. They have settings for proxies, which they ignore
 * (`@darabonba/typescript` 1.0.5, `doAction`), and none for an agent. What they all send by is `httpx`, whose documented
 * `beforeRequest` may change a request: it is added there, once a process, before the SDKs are loaded.
 */
export async function routeSdkRequests(): Promise<void> {
  const imported: object = await import("httpx");
  const httpx = (Reflect.get(imported, "default") ?? imported) as HttpxModule;
  if (Reflect.get(httpx, ROUTED)) return;
  const { request } = httpx;
  const routed: HttpxModule["request"] = async (url, options) => {
    const target = new URL(url);
    // The SDK writes what was not given as a text.
    const pem = options?.ca?.includes("BEGIN CERTIFICATE") ? options.ca : null;
    const route = outgoingRoute(target, pem);
    const beforeRequest = (prepared: object): object => {
      const { ca: _trustedByTheAgent, ...rest } = prepared as ClientRequestArgs & { ca?: string };
      const { agent, relay } = route;
      if (relay === null) return { ...rest, agent };
      const { host, port, path } = relay;
      return {
        ...rest,
        agent,
        host,
        port,
        path,
        headers: { host: target.host, ...rest.headers, ...relay.headers },
      };
    };
    const answer = await request(url, { ...options, beforeRequest } as RequestOptions).catch(
      (error: unknown) => {
        throw route.relay && neverConnected(error) ? unreachable(route.relay.proxy, error) : error;
      },
    );
    if (route.proxy === null || answer.statusCode !== 407) return answer;
    answer.resume();
    throw proxyRefusal(route.proxy.host, 407);
  };
  Object.assign(httpx, { request: routed, [ROUTED]: true });
}
