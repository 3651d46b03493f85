import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { hashToken } from "@/lib/auth/token";
import { type Came, isLoopback } from "@/lib/server/door";
import { type Health, LATE_SECONDS } from "@/lib/store/read-health";
import { formatMetrics, type Measured } from "./format-metrics";

export interface Operations {
  /** Null until the store is open; throws when it does not answer. */
  health: () => Promise<Health> | null;
  /** Seconds for which the step that waits longest for a worker has been due. The same. */
  oldestDueSeconds: () => Promise<number> | null;
  /** The same. */
  migrations: () => Promise<Measured["migrations"]> | null;
  /** Null until the store is open. */
  counters: () => Measured["counters"];
  eventLoop: Measured["eventLoop"];
  version: string;
  /** By which others than this machine read the metrics; null: they do not. */
  metricsToken: string | null;
}

/**
 * `/healthz`: this process answers. `/readyz`: the store answers too, and no step has waited for a worker for long; 503 with the
 * reason otherwise. `/metrics`: Prometheus, for this machine and for whoever has its token. True: it has answered. None of them names
 * a database, an account or a person.
 */
export async function answerOperations(
  request: IncomingMessage,
  response: ServerResponse,
  came: Came,
  operations: Operations,
): Promise<boolean> {
  const path = (request.url ?? "").split("?", 1)[0];
  if (path !== "/healthz" && path !== "/readyz" && path !== "/metrics") return false;
  if (path === "/healthz") {
    send(request, response, 200, "application/json", JSON.stringify({ status: "alive" }));
    return true;
  }
  if (path === "/metrics" && !mayMeasure(request, came, operations.metricsToken)) {
    response.setHeader("www-authenticate", "Bearer");
    send(request, response, 401, "text/plain; charset=utf-8", "CHAINFERRY_METRICS_TOKEN\n");
    return true;
  }
  if (path === "/metrics") {
    const { version, eventLoop } = operations;
    // At once: of a store that stands still both are awaited in vain.
    const [health, migrations] = await Promise.all([
      operations.health()?.catch(() => null),
      operations.migrations()?.catch(() => null) ?? null,
    ]);
    const counters = operations.counters();
    const text = formatMetrics({ version, health: health ?? null, migrations, counters, eventLoop });
    send(request, response, 200, "text/plain; version=0.0.4; charset=utf-8", text);
    return true;
  }
  const asking = operations.oldestDueSeconds();
  const seconds = (await asking?.catch(() => null)) ?? null;
  const reason =
    asking === null ? "starting" : seconds === null ? "store" : seconds > LATE_SECONDS ? "queue" : null;
  const body = {
    status: reason === null ? "ready" : "not_ready",
    reason,
    oldestDueSeconds: seconds,
  };
  send(request, response, reason === null ? 200 : 503, "application/json", JSON.stringify(body));
  return true;
}

function mayMeasure(request: IncomingMessage, came: Came, token: string | null): boolean {
  if (!came.proxied && isLoopback(came.address)) return true;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (token === null || given === undefined) return false;
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(token)));
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
