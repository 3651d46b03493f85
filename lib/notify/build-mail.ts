import type { OutMail } from "@/lib/network/mail-out";
import type { Told } from "./build-request";

const LONGEST_SUBJECT = 200;

/**
 * An e-mail for some things at once. The channel's address says how it travels: `smtps://user@host:port/?from=…&to=…,…`; `secret`
 * is the password, empty without one.
 */
export function buildMail(
  channel: { url: string; secret: string },
  told: readonly [Told, ...Told[]],
): Omit<OutMail, "signal"> {
  const server = new URL(channel.url);
  const [first, ...others] = told;
  const more = others.length > 0 ? ` (+${others.length})` : "";
  return {
    server,
    password: channel.secret,
    from: server.searchParams.get("from") ?? "",
    to: (server.searchParams.get("to") ?? "").split(",").filter((one) => one !== ""),
    // A name may hold anything, line ends too.
    subject: `${first.text.replace(/[\r\n]+/g, " ").slice(0, LONGEST_SUBJECT)}${more}`,
    text: told.map(({ text, link }) => `${text}\n${link}`).join("\n\n"),
    id: first.id.replace(/[^\w.-]/g, "_"),
  };
}
