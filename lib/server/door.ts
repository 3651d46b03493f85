import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { AppError } from "@/lib/diagnosis/app-error";

/** By which ways requests may come, beside browsers of this machine at its own names. */
export interface Door {
  /** As browsers elsewhere name it, `https://chainferry.corp.example`; null: there are none. */
  publicOrigin: string | null;
  /** Whether an address is that of a proxy whose word of who asks it counts. */
  trusts(address: string): boolean;
}

/** Only browsers and commands of this machine. */
export const LOOPBACK_DOOR: Door = { publicOrigin: null, trusts: () => false };

/** What a connection is, and what a request on it says of itself. */
export interface Arrival {
  peer: string;
  encrypted: boolean;
  headers: IncomingHttpHeaders;
}

export interface Came {
  /** Who asks: the other end, or whom a trusted proxy names. */
  address: string;
  /** Whether somebody else's word stands behind it. */
  proxied: boolean;
  /** The origin of our pages as this browser sees it: `http://127.0.0.1:3000`, `https://chainferry.corp.example`. */
  origin: string;
}

/** A request's header with the origin of our pages for whoever sent it; set by the server, whatever the request said. */
export const ORIGIN_HEADER = "x-chainferry-origin";

/** What proxies say of a request. Nobody behind this door reads them, so that what anybody writes into them counts nowhere. */
export const FORWARDED_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
] as const;

const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a request may come as it came, and how it did. Under a name of this machine only from this machine; under the public one only
 * encrypted, where that is https: by this server's own certificate, or by a proxy that is trusted and says so. Throws
 * `forbidden`: `host_not_allowed` (a foreign name: DNS rebinding), `not_encrypted`.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
 */
export function howItCame({ peer, encrypted, headers }: Arrival, door: Door): Came {
  const address = plainAddress(peer);
  const host = (headers.host ?? "").toLowerCase();
  const chain = listOf(headers["x-forwarded-for"]);
  const proxied = chain.length > 0 && door.publicOrigin !== null && door.trusts(address);
  const asked = proxied ? (listOf(headers["x-forwarded-host"]).at(-1)?.toLowerCase() ?? host) : host;
  if (!proxied && isLoopback(address) && isLoopbackHost(asked) && URL.canParse(`http://${asked}`)) {
    return { address, proxied, origin: originOf(`${encrypted ? "https" : "http"}://${asked}`) };
  }
  const { publicOrigin } = door;
  if (publicOrigin === null || !isHostOf(asked, publicOrigin)) {
    throw new AppError("forbidden", "host_not_allowed", { host: asked.slice(0, 200) });
  }
  const isSafe = proxied ? listOf(headers["x-forwarded-proto"]).at(-1) === "https" : encrypted;
  if (publicOrigin.startsWith("https:") && !isSafe) throw new AppError("forbidden", "not_encrypted");
  return { address: proxied ? askerOf(chain, address, door) : address, proxied, origin: publicOrigin };
}

/** Whether a Host header is a name of this machine. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.has(host.replace(/:\d{1,5}$/, "").toLowerCase());
}

/** Whether an address is this machine's own: 127.0.0.0/8, ::1. */
export function isLoopback(address: string): boolean {
  return address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

/** IPv4 as it is written, also where the socket listens to both families. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** Each proxy adds the address that it saw: the last one that is no trusted proxy's own is the last that somebody trusted saw. */
function askerOf(chain: readonly string[], peer: string, door: Door): string {
  const seen = chain.map((entry) =>
    plainAddress(entry.replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, "$1$2")),
  );
  const asker = seen.findLast((address) => isIP(address) === 0 || !door.trusts(address));
  return asker === undefined || isIP(asker) === 0 ? peer : asker;
}

function isHostOf(host: string, origin: string): boolean {
  const url = new URL(origin);
  // Of two origins with the same scheme: a browser leaves the scheme's own port out.
  return URL.canParse(`${url.protocol}//${host}`) && new URL(`${url.protocol}//${host}`).host === url.host;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

function listOf(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
