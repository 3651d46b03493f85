import { expect, test } from "vitest";
import { ChannelInput, type ChannelView } from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { formOf, readForm } from "./channel-form";

const NEW = { isThere: false, mine: false };
const THERE = { isThere: true, mine: false };
const EMPTY = formOf(null, "https://ferry.example");
const SAVED: ChannelView = {
  ...{ id: "c1", kind: "dingtalk", name: "DBAs", enabled: true, language: "zh-CN", notices: ["failed"] },
  ...{ migrations: ["m1"], linkBase: "https://ferry.example", host: "oapi.dingtalk.com", signed: true },
  ...{ mine: false, via: null, last: null, waiting: 0, givenUp: 0 },
};

test("a new channel is told of everything, links back here, and needs a name and an address", () => {
  expect(EMPTY.notices).toEqual(NOTICES);
  expect(readForm(EMPTY, NEW)).toEqual({
    ok: false,
    errors: { name: "settings.invalid.required", url: "settings.invalid.address" },
  });
});

test("of a channel that is there, address and secret stay as they were when nothing is typed", () => {
  const read = readForm(formOf(SAVED, "https://elsewhere.example"), THERE);
  expect(read).toMatchObject({
    ok: true,
    channel: { url: null, secret: null, linkBase: "https://ferry.example", migrations: ["m1"] },
  });
});

test("e-mail is written as one address that the server understands", () => {
  const mail = {
    ...{ ...EMPTY, kind: "email" as const, name: "Mail", mailServer: "mail.example:587", secret: "p" },
    ...{ mailUser: "ferry@example", mailFrom: "ferry@example", mailTo: "a@example; b@example" },
  };
  const read = readForm({ ...mail, mailServer: "smtp://mail.example:587" }, NEW);
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  const channel = ChannelInput.parse(read.channel);
  const url = new URL(channel.url ?? "");
  expect([url.protocol, url.host, decodeURIComponent(url.username)]).toEqual([
    "smtp:",
    "mail.example:587",
    "ferry@example",
  ]);
  expect(url.searchParams.get("to")).toBe("a@example,b@example");
  expect(channel.url).not.toContain("p@");
});

test.each(["", "not a server", "http://mail.example", "mail.example:x"])(
  "%o is no mail server",
  (mailServer) => {
    const mail = {
      ...EMPTY,
      kind: "email" as const,
      name: "Mail",
      mailFrom: "a@b",
      mailTo: "c@d",
      mailServer,
    };
    expect(readForm(mail, NEW)).toEqual({
      ok: false,
      errors: { mailServer: "settings.invalid.mail_server" },
    });
  },
);

test("one’s own e-mail goes by everybody’s server: only who gets it is said", () => {
  const own = formOf(null, "https://ferry.example", "c1");
  expect(own).toMatchObject({ kind: "email", via: "c1" });
  const typed = { ...own, name: "Mine", mailTo: "ann@example.com; li@example.com" };
  expect(readForm(typed, { isThere: false, mine: true })).toMatchObject({
    channel: { mine: true, via: "c1", url: "smtp://shared/?to=ann%40example.com%2Cli%40example.com" },
  });
  expect(readForm({ ...own, name: "Mine" }, { isThere: false, mine: true })).toEqual({
    ok: false,
    errors: { mailTo: "settings.invalid.mail" },
  });
});
