import { isAppError } from "@/lib/diagnosis/app-error";
import type { CallOut } from "@/lib/network/call-out";
import type { WebhookKind, WebhookRequest } from "./build-request";

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

/**
 * Posts once, by the way that every request to an address of a person takes, and says whether the service took it: chat services
 * answer 200 to what they refuse. An address that may not be asked counts as one that gave no answer. Never throws for what the
 * other side does.
 */
export async function postWebhook(
  callOut: CallOut,
  kind: WebhookKind,
  request: WebhookRequest,
  signal: AbortSignal,
): Promise<Posted> {
  const none = { ok: false, status: null, limited: false };
  try {
    const { status, said } = await callOut({
      ...{ ...request, method: "POST", timeoutMs: TIMEOUT_MS, signal },
      // A channel tells of many migrations: it is nobody's sandbox.
      sandbox: false,
    });
    if (status === null) return { ...none, said };
    const code = kind === "generic" ? 0 : codeOf(said);
    const ok = status >= 200 && status < 300 && code === 0;
    const limited = status === 429 || LIMITED_CODES.includes(code);
    return { ok, status, said: ok ? "" : said.slice(0, LONGEST_SAID), limited };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...none, said: error.fields.reason };
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
