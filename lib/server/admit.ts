import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { openCtx } from "./ctx-registry";
import { readCredentials } from "./read-credentials";

/** Addresses that anybody sees: code and styles of the build, which hold nothing of ours, the pages by which one comes in, and the one that shows what a link shows. */
const OPEN = /^\/(?:_next\/static\/.*|icon\.svg|sign-in|sign-in\/return|enter|share)$/;

/** Whether an address is a page that needs somebody; the API says by itself who may. */
export function needsSession(url: string): boolean {
  const path = pathOf(url);
  // What steps up may lead from open addresses to others, by whoever reads it next.
  if (/\.\.|%2e|\\/i.test(path)) return true;
  return !(path === "/api" || path.startsWith("/api/") || OPEN.test(path));
}

/**
 * Sends who is not signed in to the sign-in page, which brings them back. True: it has answered, nobody else shall. Call it when
 * the store is open.
 */
export async function admit(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = request.url ?? "/";
  if (!needsSession(url)) return false;
  const get = (name: string) => {
    const value = request.headers[name];
    return typeof value === "string" ? value : null;
  };
  const ctx = await openCtx(readCredentials(get, randomUUID()));
  if (ctx !== null && ctx.actor.kind !== "nobody") return false;
  response.statusCode = 303;
  response.setHeader("location", `/sign-in?${new URLSearchParams({ next: pathOf(url) })}`);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-length", 0);
  response.end();
  return true;
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "/";
}
