import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { neverConnected, proxyRefusal } from "@/lib/network/network-error";
import { type OutgoingRoute, outgoingRoute } from "@/lib/network/outgoing-route";
import { unreachable } from "@/lib/network/proxy-agents";

/** What one call tells the transport, and what the transport tells the call besides ali-oss's own result. */
export interface CallContext {
  signal?: AbortSignal | undefined;
  /** Longest silence on the connection, in either direction. */
  idleTimeoutMs: number;
  /** A longer answer ends the call. */
  maxResponseBytes: number;
  /** Sent instead of what ali-oss was given: it would put a stream and a copy between. */
  body?: SentBody | undefined;
  /** PEM of authorities that are trusted besides the usual ones. */
  certificateAuthority?: string | null | undefined;
  /** Resolves names for new connections, in place of the system's; those are shared with nobody who has none. */
  lookup?: LookupFunction | undefined;
  /** Given the body of an answer that is an XML document. */
  onDocument?: ((document: Buffer) => void) | undefined;
  /** Filled in once an answer's head has come. */
  answer?: { status: number; headers: http.IncomingHttpHeaders };
}

/** A request's body that its owner writes piece by piece. */
export interface SentBody {
  /** `write` resolves when the system has taken the bytes: their memory may be used again. */
  send(write: (bytes: Uint8Array) => Promise<void>): Promise<void>;
}

/** The request as ali-oss hands it to its `urllib` option. */
export interface TransportRequest {
  method: string;
  headers: Record<string, string | number>;
  content?: Buffer | string;
  stream?: Readable;
  ctx: CallContext;
}

export interface TransportResult {
  status: number;
  headers: http.IncomingHttpHeaders;
  data: Buffer;
  res: { status: number; statusCode: number; headers: http.IncomingHttpHeaders; size: number };
}

const CONNECT_TIMEOUT_MS = 10_000;

/** A failure below HTTP. `status` -1 (network) or -2 (time-out) and `name` are what ali-oss passes on. */
class TransportError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status: -1 | -2, cause?: unknown) {
    super(message, { cause });
    this.name = name;
    this.status = status;
  }
}

/**
 * Takes urllib's place under ali-oss. Differs in what matters for large parts over slow lines: time-outs count silence
 * instead of the whole call, a call can be aborted while it runs, nothing is printed, a failure keeps its system code.
 */
export const httpTransport = {
  request(url: string, request: TransportRequest): Promise<TransportResult> {
    return new Promise((resolve, reject) => {
      const { ctx } = request;
      const target = new URL(url);
      const secure = target.protocol === "https:";
      const open = secure ? https.request : http.request;
      const { agent, relay, proxy } = routeOf(target, ctx);
      const outgoing = open(target, {
        method: request.method,
        headers: relay ? { host: target.host, ...request.headers, ...relay.headers } : request.headers,
        agent,
        ...(relay ? { hostname: relay.host, port: relay.port, path: relay.path } : {}),
        // A proxy resolves for itself.
        ...(proxy === null && ctx.lookup ? { lookup: ctx.lookup } : {}),
        timeout: ctx.idleTimeoutMs,
        // The Host header may name the bucket of an endpoint that is an address: certificates belong to the endpoint.
        ...(secure ? { servername: isIP(target.hostname) === 0 ? target.hostname : "" } : {}),
      });
      let bodySent = ctx.body === undefined;
      const fail = (error: TransportError) => {
        // Without the error: the socket may be the agent's again, where nobody listens for one.
        outgoing.destroy();
        request.stream?.destroy();
        reject(error);
      };
      const abort = () => fail(new TransportError("AbortError", "The call was aborted.", -1));

      ctx.signal?.addEventListener("abort", abort, { once: true });
      outgoing.once("close", () => ctx.signal?.removeEventListener("abort", abort));
      if (ctx.signal?.aborted) abort();

      outgoing.on("socket", (socket) => {
        if (!socket.connecting) return;
        const unconnected = `No connection to ${(relay?.proxy ?? target).host}.`;
        const timer = setTimeout(
          () => fail(new TransportError("ConnectTimeout", unconnected, -2)),
          CONNECT_TIMEOUT_MS,
        );
        socket.once("connect", () => clearTimeout(timer));
        socket.once("close", () => clearTimeout(timer));
      });
      outgoing.on("timeout", () =>
        fail(new TransportError("IdleTimeout", "The connection went silent.", -2)),
      );
      outgoing.on("error", (error) =>
        fail(asTransportError(relay && neverConnected(error) ? unreachable(relay.proxy, error) : error)),
      );
      outgoing.on("response", (incoming) => {
        if (proxy && incoming.statusCode === 407) {
          incoming.resume();
          return fail(asTransportError(proxyRefusal(proxy.host, 407)));
        }
        ctx.answer = { status: incoming.statusCode ?? 0, headers: incoming.headers };
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > ctx.maxResponseBytes) {
            fail(new TransportError("AnswerTooLong", `More than ${ctx.maxResponseBytes} bytes came.`, -1));
          }
        });
        incoming.on("error", (error) => fail(asTransportError(error)));
        incoming.on("end", () => {
          const status = incoming.statusCode ?? 0;
          // Answered before all was sent: a refusal. The rest stays here, and with it the connection is of no use.
          if (!bodySent) outgoing.destroy();
          const data = bodyOf(request.method, incoming.headers, chunks);
          if (status < 300 && /xml/.test(incoming.headers["content-type"] ?? "")) ctx.onDocument?.(data);
          resolve({
            status,
            headers: incoming.headers,
            data,
            res: { status, statusCode: status, headers: incoming.headers, size },
          });
        });
      });

      if (ctx.body) {
        ctx.body
          .send((bytes) => writeBytes(outgoing, bytes))
          .then(
            () => {
              bodySent = true;
              outgoing.end();
            },
            (error: unknown) => {
              if (outgoing.destroyed) return;
              outgoing.destroy();
              reject(error);
            },
          );
      } else if (request.stream) {
        request.stream.on("error", (error) => fail(asTransportError(error)));
        request.stream.pipe(outgoing);
      } else {
        outgoing.end(request.content);
      }
    });
  },
};

function routeOf(target: URL, ctx: CallContext): OutgoingRoute {
  try {
    return outgoingRoute(target, ctx.certificateAuthority, ctx.lookup !== undefined);
  } catch (error) {
    throw asTransportError(error);
  }
}

function writeBytes(outgoing: http.ClientRequest, bytes: Uint8Array): Promise<void> {
  return new Promise((settle, fail) => {
    const closed = () => fail(new TransportError("ECONNRESET", "The connection was closed.", -1));
    if (outgoing.destroyed) return closed();
    // Of a request that is destroyed before it has a socket Node forgets the callbacks.
    outgoing.once("close", closed);
    outgoing.write(bytes, (error) => {
      outgoing.off("close", closed);
      if (error) fail(error);
      else settle();
    });
  });
}

/** An answer to HEAD has no body: OSS puts the error document, base64, into a header. */
function bodyOf(method: string, headers: http.IncomingHttpHeaders, chunks: Buffer[]): Buffer {
  const document = headers["x-oss-err"];
  if (method === "HEAD" && typeof document === "string") return Buffer.from(document, "base64");
  return Buffer.concat(chunks);
}

function asTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return new TransportError(typeof code === "string" ? code : "ECONNRESET", message, -1, error);
}
