import type { ChannelKind } from "@/lib/contracts/channel";
import type { WebhookRequest } from "./build-request";

export interface Posted {
  ok: boolean;
  /** Null: no answer came. */
  status: number | null;
  /** What the service said, shortened. Empty when it took the message. */
  said: string;
  /** It asks for less. */
  limited: boolean;
}

const TIMEOUT_MS = 10_000;
const LONGEST_SAID = 300;
/** What services answer, with HTTP 200, to who sends too much. */
const LIMITED_CODES = [130_101, 45_009, 9_499, 11_232];

/** Posts once and says whether the service took it: chat services answer 200 to what they refuse. Never throws. */
export async function postWebhook(
  kind: ChannelKind,
  request: WebhookRequest,
  signal: AbortSignal,
): Promise<Posted> {
  try {
    const { url, headers, body } = request;
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = (await answer.text()).slice(0, 4_000);
    const code = kind === "generic" ? 0 : codeOf(text);
    const ok = answer.ok && code === 0;
    const limited = answer.status === 429 || LIMITED_CODES.includes(code);
    return { ok, status: answer.status, said: ok ? "" : text.slice(0, LONGEST_SAID), limited };
  } catch (error) {
    // The address may hold the service's key: of the error only its code is told.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
    const name = error instanceof Error ? error.name : "";
    return { ok: false, status: null, said: code || name, limited: false };
  }
}

/** `errcode` of DingTalk and WeCom, `code` of Feishu; 0 where there is none. */
function codeOf(text: string): number {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null) return 0;
    const code = "errcode" in answer ? answer.errcode : "code" in answer ? answer.code : 0;
    return Number(code) || 0;
  } catch {
    return 0;
  }
}
