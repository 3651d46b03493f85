import http from "node:http";
import https from "node:https";
import { outgoingRoute } from "@/lib/network/outgoing-route";

/** Bytes of an answer: documents and keys of a provider are some kilobytes. */
const LONGEST_ANSWER = 1_000_000;
/** Statuses whose answers have no body, which `Response` insists on. */
const BODILESS = new Set([101, 204, 205, 304]);

interface Asked {
  method: string;
  headers: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * A `fetch` for the client of a provider: through the proxy of the environment where there is one, trusting `certificateAuthority`
 * (PEM) besides the usual. Redirects are not followed. Throws Error with the `code` of Node when no answer comes.
 */
export function askProvider(
  certificateAuthority: string | null,
): (url: string, asked: Asked) => Promise<Response> {
  return (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    const { agent, relay } = outgoingRoute(url, certificateAuthority);
    const target = relay
      ? { host: relay.host, port: relay.port, path: relay.path }
      : { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port, path: url.pathname + url.search };
    const { request } = url.protocol === "https:" ? https : http;
    return new Promise((answered, fail) => {
      const sent = request({
        ...{ ...target, agent, method, signal },
        headers: { host: url.host, ...headers, ...relay?.headers },
      });
      sent.on("error", fail);
      sent.on("response", (answer) => {
        const pieces: Buffer[] = [];
        let length = 0;
        answer.on("data", (piece: Buffer) => {
          length += piece.length;
          if (length > LONGEST_ANSWER) answer.destroy(new Error("The answer is too long"));
          else pieces.push(piece);
        });
        answer.on("error", fail);
        answer.on("end", () => {
          const status = answer.statusCode ?? 500;
          const said = BODILESS.has(status) ? null : Buffer.concat(pieces);
          const contentType = answer.headers["content-type"];
          answered(
            new Response(said, { status, headers: contentType ? { "content-type": contentType } : {} }),
          );
        });
      });
      sent.end(
        body instanceof URLSearchParams ? body.toString() : typeof body === "string" ? body : undefined,
      );
    });
  };
}
