import { createServer, type IncomingMessage, type Server } from "node:http";
import type { WebhookKind } from "./build-request";

/** What a server does with a request once its signature is checked. */
export type Behaviour = "take" | "fail" | "take_and_hang_up" | "limit";

/** For tests: a service of a kind on loopback that checks signatures by WebCrypto, not by the code under test. */
export interface ChannelServer {
  url: string;
  secret: string;
  /** Bodies whose signature is right and that were taken, in order, with `webhook-id` of generic ones. */
  taken: { id: string | null; body: Record<string, unknown> }[];
  /** Why requests were refused. */
  refused: string[];
  behave: (index: number) => Behaviour;
  close(): Promise<void>;
}

export async function startChannelServer(kind: WebhookKind): Promise<ChannelServer> {
  const state: ChannelServer = {
    url: "",
    secret:
      kind === "generic" ? `whsec_${Buffer.from("a secret of 24 bytes ok.").toString("base64")}` : "SEC-库存",
    taken: [],
    refused: [],
    behave: () => "take",
    close: () => stop(server),
  };
  let count = 0;
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const wrong = await wrongIn(kind, request, text, state.secret);
    if (wrong !== null) {
      state.refused.push(wrong);
      // As chat services do: a refusal is answered with 200.
      response
        .writeHead(kind === "generic" || kind === "slack" || kind === "teams" ? 400 : 200)
        .end('{"errcode":310000,"code":19021}');
      return;
    }
    const behaviour = state.behave(count++);
    if (behaviour === "fail") return response.writeHead(503).end("busy");
    if (behaviour === "limit")
      return response.writeHead(200).end('{"errcode":45009,"errmsg":"api freq out of limit"}');
    state.taken.push({ id: headerOf(request, "webhook-id"), body: JSON.parse(text) });
    if (behaviour === "take_and_hang_up") return request.socket.destroy();
    response.writeHead(200).end(kind === "slack" ? "ok" : '{"errcode":0,"code":0}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/robot/send?access_token=t`;
  return state;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

async function hmac(key: Uint8Array, text: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", new Uint8Array(key), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** What each service's documentation says of a request; null: nothing is wrong. */
async function wrongIn(
  kind: WebhookKind,
  request: IncomingMessage,
  text: string,
  secret: string,
): Promise<string | null> {
  const query = new URL(request.url ?? "", "http://x").searchParams;
  if (query.get("access_token") !== "t") return "token";
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null) return "body";
  switch (kind) {
    case "generic": {
      const [id, seconds, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
        headerOf(request, name),
      );
      const key = Uint8Array.from(atob(secret.replace("whsec_", "")), (char) => char.charCodeAt(0));
      const expected = `v1,${await hmac(key, `${id}.${seconds}.${text}`)}`;
      return given === expected && /^\d{10}$/.test(seconds ?? "") ? null : "signature";
    }
    case "dingtalk": {
      const ms = query.get("timestamp") ?? "";
      const expected = await hmac(bytes(secret), `${ms}\n${secret}`);
      return /^\d{13}$/.test(ms) && query.get("sign") === expected ? null : "signature";
    }
    case "feishu": {
      const { timestamp, sign } = Object(body);
      const expected = await hmac(bytes(`${timestamp}\n${secret}`), "");
      return /^\d{10}$/.test(timestamp) && sign === expected ? null : "signature";
    }
    case "wecom":
      return bytes(Object(Object(body).text).content).length <= 2_048 ? null : "too long";
    case "slack":
      return typeof Object(body).text === "string" ? null : "text";
    case "teams":
      return Object(Object(body).attachments?.[0]).contentType === "application/vnd.microsoft.card.adaptive"
        ? null
        : "card";
  }
}
