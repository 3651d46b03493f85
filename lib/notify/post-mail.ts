import { isAppError } from "@/lib/diagnosis/app-error";
import type { MailOut, OutMail } from "@/lib/network/mail-out";
import type { Posted } from "./post-webhook";

/** What a server answers to who sends too much, or to whom it does not know yet: it asks to wait (RFC 5321, 4.2). */
const TEMPORARY = [421, 450, 451, 452];

/** Sends once and says whether the server took it. Never throws for what the other side does. */
export async function postMail(
  mailOut: MailOut,
  mail: Omit<OutMail, "signal">,
  signal: AbortSignal,
): Promise<Posted> {
  try {
    const { status, said } = await mailOut({ ...mail, signal });
    const ok = status === 250;
    return { ok, status, said: ok ? "" : said, limited: status !== null && TEMPORARY.includes(status) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, status: null, limited: false, said: error.fields.reason };
  }
}
