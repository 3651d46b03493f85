import http from "node:http";
import type { AddressInfo } from "node:net";

/** What may happen to a request on its way. Each is counted. */
export type Fault =
  | "reset"
  | "unavailable"
  | "stuck"
  | "lostAnswer"
  | "flippedBody"
  | "flippedCrc"
  | "flippedEtag"
  | "expired";

export interface ChaosProxy {
  port: number;
  faults: Record<Fault, number>;
  /** Faults by upload, and how often each of its parts reached OSS whole and was taken: `<uploadId>/<number>`. */
  faultsOf: Map<string, number>;
  deliveries: Map<string, number>;
  stop(): Promise<void>;
}

const PART_FAULTS: [Fault, number][] = [
  ["reset", 0.03],
  ["unavailable", 0.04],
  ["stuck", 0.01],
  ["lostAnswer", 0.02],
  ["flippedBody", 0.03],
  ["flippedCrc", 0.02],
  ["flippedEtag", 0.01],
  ["expired", 0.004],
];
const OTHER_FAULTS: [Fault, number][] = [
  ["unavailable", 0.05],
  ["lostAnswer", 0.15],
  ["flippedCrc", 0.05],
];

/** For tests: an HTTP proxy in front of an OSS that does to requests what lines, proxies and services do to them. */
export async function startChaosProxy(input: {
  targetPort: number;
  random: () => number;
  expire(upload: { bucket: string; key: string; uploadId: string }): Promise<void>;
  bucket: string;
}): Promise<ChaosProxy> {
  const faults: ChaosProxy["faults"] = {
    reset: 0,
    unavailable: 0,
    stuck: 0,
    lostAnswer: 0,
    flippedBody: 0,
    flippedCrc: 0,
    flippedEtag: 0,
    expired: 0,
  };
  const faultsOf = new Map<string, number>();
  const deliveries = new Map<string, number>();
  const agent = new http.Agent({ keepAlive: true });

  const choose = (odds: [Fault, number][]): Fault | null => {
    let dice = input.random();
    for (const [fault, share] of odds) {
      if (dice < share) return fault;
      dice -= share;
    }
    return null;
  };

  const handle = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://proxy");
    const uploadId = url.searchParams.get("uploadId") ?? "";
    const number = url.searchParams.get("partNumber");
    const fault = choose(number === null ? OTHER_FAULTS : PART_FAULTS);
    if (fault) {
      faults[fault] += 1;
      faultsOf.set(uploadId, (faultsOf.get(uploadId) ?? 0) + 1);
    }
    if (fault === "unavailable") {
      request.resume();
      response.writeHead(503, { "Content-Type": "application/xml" });
      response.end("<Error><Code>ServiceUnavailable</Code><Message>Busy</Message></Error>");
      return;
    }
    if (fault === "stuck") {
      request.pause();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (fault === "reset") {
        request.socket.destroy();
        return;
      }
    }
    if (fault === "expired") {
      const key = decodeURIComponent(url.pathname.slice(1));
      await input.expire({ bucket: input.bucket, key, uploadId });
    }
    const body = Buffer.concat(chunks);
    if (fault === "flippedBody") flip(body, input.random);
    const answer = await forward(request, body);
    if (number !== null && answer.status === 200) {
      const part = `${uploadId}/${number}`;
      deliveries.set(part, (deliveries.get(part) ?? 0) + 1);
    }
    if (fault === "lostAnswer") {
      request.socket.destroy();
      return;
    }
    const headers = { ...answer.headers };
    if (fault === "flippedCrc") headers["x-oss-hash-crc64ecma"] = garbled(headers["x-oss-hash-crc64ecma"]);
    if (fault === "flippedEtag") headers.etag = garbled(headers.etag);
    response.writeHead(answer.status, dropUndefined(headers));
    response.end(answer.body);
  };

  const forward = (request: http.IncomingMessage, body: Buffer) =>
    new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((settle, fail) => {
      const onward = http.request({
        agent,
        host: "127.0.0.1",
        port: input.targetPort,
        method: request.method,
        path: request.url,
        headers: request.headers,
      });
      onward.on("error", fail);
      onward.on("response", async (incoming) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
        settle({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
      onward.end(body);
    });

  const server = http.createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  return {
    port: (server.address() as AddressInfo).port,
    faults,
    faultsOf,
    deliveries,
    stop: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise<void>((settle) => server.close(() => settle()));
    },
  };
}

function flip(body: Buffer, random: () => number): void {
  if (body.length === 0) return;
  const at = Math.floor(random() * body.length);
  body[at] = (body[at] ?? 0) ^ (1 << Math.floor(random() * 8));
}

/** The last digit or letter but one with its lowest bit turned: still a number where it was one. */
function garbled(value: string | string[] | undefined): string | undefined {
  if (typeof value !== "string" || value.length < 3) return undefined;
  const at = value.length - 2;
  return value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1);
}

function dropUndefined(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}
