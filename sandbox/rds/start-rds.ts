import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { holdsControlKey } from "@/sandbox/control/control-key";
import { listenOnLoopback, stopServer } from "@/sandbox/oss/loopback-server";
import type { OssFiles } from "@/sandbox/oss/oss-files";
import { writeJson } from "@/sandbox/oss/write-json";
import { isHit } from "@/sandbox/scenario/call-pattern";
import { asLive, type LiveScenario } from "@/sandbox/scenario/live-scenario";
import { answerControl } from "./control-page";
import { DOWNLOADS, sendDownload } from "./download-backup";
import { initialRecords, makeRoom } from "./initial-records";
import { playScenario } from "./play-scenario";
import { playTargetFault } from "./play-target-fault";
import { RDS_ACTIONS } from "./rds-actions";
import type { RdsAction, RdsCall, RdsContext } from "./rds-context";
import { RdsError } from "./rds-error";
import type { RdsRecords } from "./records";
import { verifyAcs3 } from "./verify-acs3";

export interface RdsOptions {
  /** `rds.json` lives here; tasks under way go on after a restart. */
  folder: string;
  /** Absent or 0: any. */
  port?: number;
  accessKeyId: string;
  accessKeySecret: string;
  regionId: string;
  /** What is played, or its name when nobody will change it. */
  scenario: LiveScenario | string;
  /** Sandbox seconds in a real second. */
  timeFactor: number;
  /** Room for so many databases more than instances of their classes have. */
  moreDatabases?: number;
  /** The sandbox's OSS, which imports read from. */
  objects: OssFiles;
  /** The clock, for tests. */
  now?: () => number;
}

export interface RunningRds {
  port: number;
  stop(): Promise<void>;
}

const ACCOUNT_ID = "1899100000000001";
const NONCES_KEPT = 10_000;
const LARGEST_BODY_BYTES = 1024 * 1024;
/** What a 503 of the throttling scenario asks the caller to wait, in milliseconds. */
const RETRY_AFTER_MS = "400";

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES) throw new RdsError("InvalidParameter");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Query and form parameters, as the gateway merges them. */
function parametersOf(url: URL, incoming: IncomingMessage, body: Buffer): Map<string, string> {
  const parameters = new Map(url.searchParams);
  if (String(incoming.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) {
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) parameters.set(name, value);
  }
  return parameters;
}

function loadRecords(path: string, regionId: string, nowMs: number, moreDatabases: number): RdsRecords {
  if (!existsSync(path)) {
    const records = initialRecords(regionId, nowMs);
    makeRoom(records, moreDatabases);
    return records;
  }
  return JSON.parse(readFileSync(path, "utf8")) as RdsRecords;
}

/** Thrown for a call that a proxy answers in RDS's place: it never arrives. */
class BadGateway extends Error {}

/** Counts calls of each action and hits those that the scenario names; throttling every other time with 503. */
function disturbBy(scenario: LiveScenario): (action: string) => number {
  const counts = new Map<string, number>();
  return (action) => {
    const { rdsThrottling, rdsBadGateway, deniedActions, rdsRefusals } = scenario.current;
    const count = (counts.get(action) ?? 0) + 1;
    counts.set(action, count);
    if (isHit(rdsBadGateway, count)) throw new BadGateway();
    if (deniedActions.includes(action)) throw new RdsError("Forbidden.RAM");
    const refusal = rdsRefusals.find(
      ({ actions, from, until }) => actions.includes(action) && count >= from && count <= until,
    );
    if (refusal) throw new RdsError(refusal.code);
    if (!isHit(rdsThrottling, count)) return count;
    const isSecond =
      rdsThrottling !== null && Math.floor((count - rdsThrottling.first) / rdsThrottling.every) % 2 === 1;
    throw new RdsError(
      "Throttling.User",
      isSecond ? { status: 503, headers: { "x-acs-retry-after": RETRY_AFTER_MS } } : {},
    );
  };
}

/**
 * Starts RDS, RAM and STS on one port of 127.0.0.1. Requests must carry an ACS3-HMAC-SHA256 signature; only the sandbox's
 * own pages (`/sandbox/ledger`, `/sandbox/scenario`) take the AccessKey secret itself instead. Rejects when the port is taken.
 */
export async function startRds(options: RdsOptions): Promise<RunningRds> {
  const now = options.now ?? Date.now;
  mkdirSync(options.folder, { recursive: true });
  const path = join(options.folder, "rds.json");
  const records = loadRecords(path, options.regionId, now(), options.moreDatabases ?? 0);
  const scenario = asLive(options.scenario);
  let origin = "";
  const context: RdsContext = {
    records,
    save: () => writeJson(path, records),
    now,
    regionId: options.regionId,
    accountId: ACCOUNT_ID,
    timeFactor: options.timeFactor,
    scenario,
    objects: options.objects,
    origin: () => origin,
    accessKeySecret: options.accessKeySecret,
  };
  scenario.follow((current, before) => {
    playScenario(records, current, before, now());
    context.save();
  });
  const disturb = disturbBy(scenario);
  const nonces = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  function assertNonce(nonce: string): void {
    if (nonces.has(nonce)) throw new RdsError("SignatureNonceUsed");
    nonces.add(nonce);
    const [oldest] = nonces;
    if (nonces.size > NONCES_KEPT && oldest !== undefined) nonces.delete(oldest);
  }

  /** One call at a time: between what a call looks at and what it changes, nothing else may happen. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function answer(incoming: IncomingMessage, call: Omit<RdsCall, "parameters" | "count">) {
    const url = new URL(incoming.url ?? "/", "http://sandbox");
    const body = await readBody(incoming);
    const action = String(incoming.headers["x-acs-action"] ?? "");
    const version = String(incoming.headers["x-acs-version"] ?? "");
    const request = {
      method: incoming.method ?? "",
      path: url.pathname,
      query: [...url.searchParams],
      headers: incoming.headers,
      body,
    };
    assertNonce(verifyAcs3(request, options, Date.now()));
    const actions = RDS_ACTIONS[version] ?? {};
    const run: RdsAction | undefined = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (run === undefined || url.pathname !== "/") throw new RdsError("InvalidAction.NotFound");
    const count = disturb(action);
    const parameters = parametersOf(url, incoming, body);
    const whole: RdsCall = Object.assign(call, { parameters, count });
    return inTurn(async () => {
      playTargetFault(context);
      return run(context, whole);
    });
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.url?.startsWith("/sandbox/")) {
      if (!holdsControlKey(incoming, options.accessKeySecret)) {
        sendJson(response, 403, { message: "The sandbox's key is missing." });
        return;
      }
      const { status, body } = await answerControl(incoming, context);
      sendJson(response, status, body);
      return;
    }
    if (incoming.url?.startsWith(DOWNLOADS)) {
      sendDownload(context, new URL(incoming.url, origin), response);
      return;
    }
    const call = { requestId: randomUUID().toUpperCase(), isAnswerLost: false };
    response.setHeader("x-acs-request-id", call.requestId);
    try {
      const body = await answer(incoming, call);
      if (call.isAnswerLost) response.destroy();
      else sendJson(response, 200, { RequestId: call.requestId, ...body });
    } catch (error) {
      if (incoming.destroyed && !incoming.complete) return;
      if (error instanceof BadGateway) {
        response.writeHead(502, { "Content-Type": "text/html" });
        response.end("<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>");
        return;
      }
      const known = error instanceof RdsError ? error : new RdsError("InternalError");
      if (known !== error) console.error("sandbox rds:", error);
      for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
      sendJson(response, known.status, {
        RequestId: call.requestId,
        HostId: String(incoming.headers.host ?? ""),
        Code: known.code,
        Message: known.message,
        Recommend: `https://api.aliyun.com/troubleshoot?q=${known.code}&product=Rds`,
      });
    }
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, options.port ?? 0);
  origin = `http://127.0.0.1:${port}`;
  return { port, stop: () => stopServer(server) };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json;charset=utf-8" });
  response.end(JSON.stringify(body));
}
