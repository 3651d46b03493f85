import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { outgoingRoute } from "./outgoing-route";
import { OWN_HOSTS } from "./own-hosts";

/** One request to an address that a person typed. */
export interface OutCall {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
  /** For a migration of the sandbox: this machine's own addresses may be asked, in clear. */
  sandbox: boolean;
  /** Ends the waiting before its time. */
  signal?: AbortSignal;
}

export interface OutAnswer {
  /** Null: no answer came. */
  status: number | null;
  /** The first 4,000 characters of what was answered, or the code of the error. */
  said: string;
}

/** Asks once; never throws for what the other side does. Throws AppError `forbidden` for an address that may not be asked. */
export type CallOut = (call: OutCall) => Promise<OutAnswer>;

/** What is judged before and while a socket is opened: `createEndpointGuard` gives it. */
interface Guard {
  require(endpoint: string | null): Promise<void>;
  lookupFor(endpoint: string | null): LookupFunction | undefined;
}

const LONGEST_SAID = 4_000;

/**
 * Asks addresses that people type in, judged as the endpoints of accounts are: HTTPS, and nothing of this machine or its
 * network unless an administrator allows it. Redirects are not followed. `hasSandbox`: this process has started one.
 */
export function createCallOut(guard: Guard, { hasSandbox }: { hasSandbox: boolean }): CallOut {
  return async (call) => {
    const url = new URL(call.url);
    const isOwn = hasSandbox && call.sandbox && OWN_HOSTS.has(url.hostname);
    if (!isOwn) await guard.require(url.origin);
    const lookup = isOwn ? undefined : guard.lookupFor(url.origin);
    return ask(call, url, lookup);
  };
}

function ask(call: OutCall, url: URL, lookup: LookupFunction | undefined): Promise<OutAnswer> {
  const { agent, relay } = outgoingRoute(url, null, lookup !== undefined);
  const target = relay
    ? { host: relay.host, port: relay.port, path: relay.path }
    : { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port, path: url.pathname + url.search };
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((answered) => {
    const none = (error: unknown): void => {
      const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
      // The address may hold a key: of the error only its code is told.
      answered({ status: null, said: typeof code === "string" ? code : "no answer" });
    };
    const sent = request({
      ...target,
      ...(lookup ? { lookup } : {}),
      agent,
      method: call.method,
      headers: { host: url.host, ...call.headers, ...relay?.headers },
      signal: AbortSignal.any([AbortSignal.timeout(call.timeoutMs), ...(call.signal ? [call.signal] : [])]),
    });
    sent.on("error", none);
    sent.on("response", (answer) => {
      let said = "";
      answer.setEncoding("utf8");
      answer.on("data", (text: string) => {
        if (said.length < LONGEST_SAID) said = (said + text).slice(0, LONGEST_SAID);
      });
      answer.on("error", none);
      answer.on("end", () => answered({ status: answer.statusCode ?? null, said }));
    });
    sent.end(call.body ?? undefined);
  });
}
