import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/diagnosis/app-error";
import { requireOwnHost } from "./guard-request";
import { CLIENT_HEADER } from "./open-streams";
import {
  COMMON_HEADERS,
  contentSecurityPolicy,
  DATA_POLICY,
  NONCE_HEADER,
  type PagePolicy,
} from "./page-policy";
import { toProblem } from "./to-problem";

const API_METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);
const PAGE_METHODS = new Set(["GET", "HEAD"]);
/** Bodies are JSON of some kilobytes: past the reader's own limit, so that a client that can listen is told first. */
const BODY_MS = 30_000;
/** A part of a file that a browser sends through here, which may take as long as its line needs. */
const RELAYED_PART = /^\/api\/migrations\/[^/]+\/uploads\/[^/]+\/parts\/\d+$/;

/**
 * Stands before pages, assets and API alike: asks for our own name in Host, refuses paths and methods that nothing here
 * answers, ends bodies that trickle, and sets what every answer carries. True: it has answered, nobody else shall.
 */
export function guardExchange(
  request: IncomingMessage,
  response: ServerResponse,
  policy: PagePolicy,
): boolean {
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const isApi = path === "/api" || path.startsWith("/api/");
  try {
    requireOwnHost(request.headers.host ?? "");
    requirePath(request.url ?? "/");
    const methods = isApi ? API_METHODS : PAGE_METHODS;
    if (!methods.has(request.method ?? "")) {
      response.setHeader("allow", [...methods].join(", "));
      throw new AppError("validation", "method_not_allowed", { method: (request.method ?? "").slice(0, 20) });
    }
    // It would fetch and resize for whoever asks; no page uses it.
    if (path.startsWith("/_next/image")) throw new AppError("not_found", "not_found");
  } catch (error) {
    refuse(request, response, error);
    return true;
  }
  if (!RELAYED_PART.test(path)) endSlowBody(request);
  request.headers[CLIENT_HEADER] = request.socket.remoteAddress ?? "";
  const nonce = randomBytes(16).toString("base64");
  const csp = isApi ? DATA_POLICY : contentSecurityPolicy(policy, nonce);
  request.headers["content-security-policy"] = csp;
  request.headers[NONCE_HEADER] = nonce;
  response.setHeader("content-security-policy", csp);
  return false;
}

/** Throws `validation` for an address that can't be decoded, or that says NUL, which no store takes. */
function requirePath(url: string): void {
  const [path = "", query = ""] = url.split("?", 2);
  try {
    if (!decodeURIComponent(path).includes("\0") && !/%00/.test(query)) return;
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
