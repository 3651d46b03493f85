import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { AppError } from "@/lib/diagnosis/app-error";
import { type Came, type Door, FORWARDED_HEADERS, howItCame, isLoopbackHost, ORIGIN_HEADER } from "./door";
import { CLIENT_HEADER } from "./open-streams";
import {
  COMMON_HEADERS,
  contentSecurityPolicy,
  DATA_POLICY,
  NONCE_HEADER,
  type PagePolicy,
} from "./page-policy";
import { toProblem } from "./to-problem";

/** No OPTIONS: it would tell whoever asks what a route has, and no other origin is ever let in. */
const API_METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
const PAGE_METHODS = new Set(["GET", "HEAD"]);
/** Bodies are JSON of some kilobytes: past the reader's own limit, so that a client that can listen is told first. */
const BODY_MS = 30_000;
/** A part of a file that a browser sends through here, which may take as long as its line needs. */
const RELAYED_PART =
  /^\/api\/(?:migrations\/[^/]+|connections\/[^/]+\/buckets\/[^/]+)\/uploads\/[^/]+\/parts\/\d+$/;

/** What Next would answer by itself: it fetches and resizes for whoever asks, which no page uses; a page of an error that did not happen. */
const OF_NEXT = /^\/_(?:next\/image|global-error|error)/;

/** Pages that are opened by what stands in their address: behind the `#`, or a code of a provider. */
const HOLDS_LINK = /^\/(?:share|enter|sign-in\/return)$/;
/** A browser that has seen it once asks in no other way for a year. RFC 6797 */
const ONLY_TLS = "max-age=31536000";

/**
 * Stands before pages, assets and API alike: asks by which way and under which name a request comes, refuses paths and methods that
 * nothing here answers, ends bodies that trickle, and sets what every answer carries. Null: it has answered, nobody else shall.
 */
export function guardExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { policy, door }: { policy: PagePolicy; door: Door },
): Came | null {
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  // What is open to whoever has a link tells nobody that there is one.
  if (HOLDS_LINK.test(path)) response.setHeader("referrer-policy", "no-referrer");
  const isApi = path === "/api" || path.startsWith("/api/");
  const { socket, headers } = request;
  const peer = socket.remoteAddress ?? "";
  let came: Came;
  try {
    came = howItCame({ peer, encrypted: socket instanceof TLSSocket, headers }, door);
    requirePath(request.url ?? "/");
    const methods = isApi ? API_METHODS : PAGE_METHODS;
    if (!methods.has(request.method ?? "")) {
      response.setHeader("allow", [...methods].join(", "));
      throw new AppError("validation", "method_not_allowed", { method: (request.method ?? "").slice(0, 20) });
    }
    if (OF_NEXT.test(path)) throw new AppError("not_found", "not_found");
  } catch (error) {
    refuse(request, response, error);
    return null;
  }
  if (!RELAYED_PART.test(path)) endSlowBody(request);
  for (const name of FORWARDED_HEADERS) delete headers[name];
  const { protocol, host } = new URL(came.origin);
  // A proxy may ask under a name of its own.
  headers.host = host;
  headers[ORIGIN_HEADER] = came.origin;
  headers[CLIENT_HEADER] = came.address;
  if (protocol === "https:" && !isLoopbackHost(host))
    response.setHeader("strict-transport-security", ONLY_TLS);
  const nonce = randomBytes(16).toString("base64");
  const csp = isApi ? DATA_POLICY : contentSecurityPolicy(policy, nonce);
  headers["content-security-policy"] = csp;
  headers[NONCE_HEADER] = nonce;
  response.setHeader("content-security-policy", csp);
  return came;
}

/**
 * Throws `validation` for an address that can't be decoded, that says NUL, which no store takes, or that whoever reads it next may take for
 * another than is judged here: a whole URL, two slashes at its beginning, a backslash, a step up or on the spot.
 */
function requirePath(url: string): void {
  const [path = "", query = ""] = url.split("?", 2);
  try {
    const isPlain = /^\/(?!\/)[^\\]*$/.test(path) && !/(?:\/|%2f)(?:\.|%2e){1,2}(?:\/|%2f|$)/i.test(path);
    if (isPlain && !decodeURIComponent(path).includes("\0") && !/%00/.test(query)) return;
  } catch {
    // Told below.
  }
  throw new AppError("validation", "invalid_address");
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const problem = toProblem(error, randomUUID());
  const body = JSON.stringify(problem);
  response.writeHead(problem.reason === "method_not_allowed" ? 405 : problem.status, {
    "content-type": "application/problem+json",
    "content-security-policy": DATA_POLICY,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-request-id": problem.requestId,
    // Whatever body follows is not read.
    connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function endSlowBody(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, BODY_MS);
  timer.unref();
  const done = () => clearTimeout(timer);
  request.once("end", done);
  request.once("close", done);
}
