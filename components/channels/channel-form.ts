import type { ChannelInput, ChannelKind, ChannelView } from "@/lib/contracts/channel";
import type { MessageKey } from "@/lib/i18n/message-key";
import { NOTICES, type Notice } from "@/lib/migration/vocabulary/notice";

/** The drawer's fields as typed. One shape for all kinds: a field that is not shown is not read. */
export interface ChannelForm {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  language: ChannelInput["language"];
  notices: readonly Notice[];
  /** Empty: all of them. */
  migrations: readonly string[];
  linkBase: string;
  url: string;
  /** What signs; of e-mail the password. */
  secret: string;
  /** Of e-mail, in the place of an address. */
  mailServer: string;
  mailUser: string;
  mailFrom: string;
  mailTo: string;
  /** Of one's own e-mail: the channel by whose server it goes; empty: by one's own. */
  via: string;
}

export type ChannelErrors = Partial<Record<keyof ChannelForm, MessageKey>>;

/**
 * `origin`: where this dashboard is reached now, which is what links lead to unless somebody says otherwise. `via`: the mail server that
 * one's own begins with; empty: there is none, or it is everybody's.
 */
export function formOf(channel: ChannelView | null, origin: string, via = ""): ChannelForm {
  return {
    kind: channel?.kind ?? (via === "" ? "generic" : "email"),
    via: channel === null ? via : (channel.via ?? ""),
    name: channel?.name ?? "",
    enabled: channel?.enabled ?? true,
    language: channel?.language ?? "en",
    notices: channel?.notices ?? NOTICES,
    migrations: channel?.migrations ?? [],
    linkBase: channel?.linkBase ?? origin,
    ...{ url: "", secret: "", mailServer: "", mailUser: "", mailFrom: "", mailTo: "" },
  };
}

/**
 * What is sent, or what is wrong with each field. Of a channel that is there an empty address or secret stays as it was: neither
 * ever comes back from the server.
 */
export function readForm(
  form: ChannelForm,
  { isThere, mine }: { isThere: boolean; mine: boolean },
): { ok: true; channel: ChannelInput } | { ok: false; errors: ChannelErrors } {
  const { kind, name, enabled, language, notices, migrations, linkBase, secret } = form;
  const errors: ChannelErrors = {};
  if (name.trim() === "") errors.name = "settings.invalid.required";
  if (!isHttp(linkBase)) errors.linkBase = "settings.invalid.address";
  const via = mine && kind === "email" && form.via !== "" ? form.via : null;
  const url =
    via !== null
      ? readReceivers(form, isThere, errors)
      : kind === "email"
        ? readMail(form, isThere, errors)
        : readUrl(form, isThere, errors);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    channel: {
      ...{ kind, enabled, language, url, linkBase: linkBase.trim(), name: name.trim() },
      ...{ notices: [...notices], migrations: [...migrations], mine, via },
      secret: secret === "" && isThere ? null : secret,
    },
  };
}

function readUrl({ url }: ChannelForm, isThere: boolean, errors: ChannelErrors): string | null {
  if (url.trim() === "" && isThere) return null;
  if (!isHttp(url)) errors.url = "settings.invalid.address";
  return url.trim();
}

/** Only who gets it: server and sender are another channel's. */
function readReceivers({ mailTo }: ChannelForm, isThere: boolean, errors: ChannelErrors): string | null {
  if (isThere && mailTo.trim() === "") return null;
  const receivers = receiversOf(mailTo);
  if (receivers.length === 0 || !receivers.every(isMail)) errors.mailTo = "settings.invalid.mail";
  return `smtp://shared/?${new URLSearchParams({ to: receivers.join(",") })}`;
}

const receiversOf = (text: string) => text.split(/[,;\s]+/).filter((one) => one !== "");

/** Server, sender and receivers as one address: `smtps://user@host:465/?from=…&to=…`. */
function readMail(form: ChannelForm, isThere: boolean, errors: ChannelErrors): string | null {
  const { mailServer, mailUser, mailFrom, mailTo } = form;
  if (isThere && [mailServer, mailUser, mailFrom, mailTo].every((text) => text.trim() === "")) return null;
  const server = /^(?:(smtps?):\/\/)?([\w.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(mailServer.trim());
  if (!server) errors.mailServer = "settings.invalid.mail_server";
  if (!isMail(mailFrom)) errors.mailFrom = "settings.invalid.mail";
  const receivers = receiversOf(mailTo);
  if (receivers.length === 0 || !receivers.every(isMail)) errors.mailTo = "settings.invalid.mail";
  const [, scheme = "smtps", host = "", port] = server ?? [];
  const user = mailUser.trim() === "" ? "" : `${encodeURIComponent(mailUser.trim())}@`;
  const query = new URLSearchParams({ from: mailFrom.trim(), to: receivers.join(",") });
  return `${scheme.toLowerCase()}://${user}${host}${port ? `:${port}` : ""}/?${query}`;
}

const isMail = (text: string) => /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(text.trim());

function isHttp(text: string): boolean {
  return URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol);
}
