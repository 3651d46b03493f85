import type { ChannelKind } from "@/lib/contracts/channel";
import { signDingTalk, signFeishu, signStandard } from "./sign";

/** One thing that is told. */
export interface Told {
  /** The same whenever it is sent again. */
  id: string;
  kind: string;
  /** ISO 8601, UTC. */
  at: string;
  migrationId: string | null;
  text: string;
  link: string;
}

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Services that are told by a request over HTTP. */
export type WebhookKind = Exclude<ChannelKind, "email">;

/** Bytes of UTF-8 that a message of a service may have (WeCom: 2,048; Feishu: 20 KB). */
const LONGEST: Readonly<Record<WebhookKind, number>> = {
  generic: 60_000,
  dingtalk: 18_000,
  feishu: 18_000,
  wecom: 2_000,
  slack: 30_000,
  teams: 24_000,
};

/**
 * What is posted to a service for some things at once; `generic` takes one at a time. `secret` empty: unsigned. The time
 * of a signature is `nowMs`: services refuse one that is an hour old.
 */
export function buildRequest(
  channel: { kind: WebhookKind; url: string; secret: string },
  told: readonly [Told, ...Told[]],
  nowMs: number,
): WebhookRequest {
  const { kind, url, secret } = channel;
  const seconds = Math.floor(nowMs / 1_000);
  const headers = { "content-type": "application/json; charset=utf-8" };
  const text = cut(told.map((one) => `${one.text}\n${one.link}`).join("\n\n"), LONGEST[kind]);
  switch (kind) {
    case "generic": {
      const [{ id, at, ...data }] = told;
      const body = JSON.stringify({ type: `chainferry.${data.kind}`, timestamp: at, data: { id, ...data } });
      const signature =
        secret === "" ? {} : { "webhook-signature": signStandard(secret, { id, seconds, body }) };
      return {
        url,
        body,
        headers: { ...headers, "webhook-id": id, "webhook-timestamp": `${seconds}`, ...signature },
      };
    }
    case "dingtalk": {
      const signed = new URL(url);
      if (secret !== "") {
        signed.searchParams.set("timestamp", `${nowMs}`);
        signed.searchParams.set("sign", signDingTalk(secret, nowMs));
      }
      return {
        url: signed.href,
        headers,
        body: JSON.stringify({ msgtype: "text", text: { content: text } }),
      };
    }
    case "feishu": {
      const sign = secret === "" ? {} : { timestamp: `${seconds}`, sign: signFeishu(secret, seconds) };
      return { url, headers, body: JSON.stringify({ ...sign, msg_type: "text", content: { text } }) };
    }
    case "wecom":
      return { url, headers, body: JSON.stringify({ msgtype: "text", text: { content: text } }) };
    case "slack":
      return {
        url,
        headers,
        body: JSON.stringify({ text: text.replaceAll("&", "&amp;").replaceAll("<", "&lt;") }),
      };
    case "teams":
      return { url, headers, body: JSON.stringify(adaptiveCard(told)) };
  }
}

/** As the Workflows app takes it. */
function adaptiveCard(told: readonly Told[]): object {
  const body = told.slice(0, 20).flatMap(({ text, link }) => [
    { type: "TextBlock", text, wrap: true },
    { type: "TextBlock", text: `[${link}](${link})`, wrap: true, isSubtle: true, spacing: "None" },
  ]);
  const content = {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.4",
    body,
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
  };
}

/** At most so many bytes, never half a character. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const kept = Buffer.from(text)
    .subarray(0, bytes - 3)
    .toString();
  return `${kept.replace(/\uFFFD+$/u, "")}…`;
}
