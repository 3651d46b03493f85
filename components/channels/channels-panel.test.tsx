// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { ChannelView } from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { ChannelsPanel } from "./channels-panel";

const CHANNEL: ChannelView = {
  ...{ id: "c1", kind: "dingtalk", name: "DBAs", enabled: true, language: "zh-CN", notices: ["failed"] },
  ...{ migrations: [], linkBase: "https://ferry.example", host: "oapi.dingtalk.com", signed: true },
  ...{ mine: false, via: null },
  last: { at: "2026-05-17T00:00:00.000Z", ok: false, status: 200, said: '{"errcode":310000}' },
  ...{ waiting: 2, givenUp: 1 },
};
const LIST = { "GET /api/channels": { channels: [CHANNEL] } };
/** What comes late may come later still on a busy machine. */
const LATE = { timeout: 20_000 };
const NO_MIGRATIONS = {
  "GET /api/migrations": { migrations: [], unreadable: [], serverNow: "2026-05-17T00:00:00.000Z" },
};

test("says how the last message was taken, what waits and what was given up", async () => {
  const { t } = openTestPage(<ChannelsPanel />, { answers: LIST });
  const standing = within(await screen.findByRole("listitem")).getByRole("status");
  expect(standing.textContent).toContain(
    t("settings.channels.not_taken", { status: 200, said: '{"errcode":310000}' }),
  );
  expect(standing.textContent).toContain(t("settings.channels.waiting", { count: 2 }));
  expect(standing.textContent).toContain(t("settings.channels.given_up", { count: 1 }));
});

test("is tried with a button, and says what the service answered", async () => {
  const call = "POST /api/channels/c1/try";
  const outcome = { at: "2026-05-17T00:01:00.000Z", ok: true, status: 200, said: "" };
  const { user, asked, t } = openTestPage(<ChannelsPanel />, { answers: { ...LIST, [call]: outcome } });
  await user.click(await screen.findByRole("button", { name: t("settings.channels.try") }));
  expect(asked.some((one) => one.call === call)).toBe(true);
  const standing = await screen.findByText((text) => text.startsWith(t("settings.channels.taken")));
  expect(standing.className).toContain("success");
});

test("a change sends neither address nor secret unless they are typed", async () => {
  const call = "PUT /api/channels/c1";
  const { user, asked, t } = openTestPage(<ChannelsPanel />, {
    answers: { ...LIST, ...NO_MIGRATIONS, [call]: CHANNEL },
  });
  await user.click(
    await screen.findByRole("button", { name: t("settings.channels.edit_label", { name: "DBAs" }) }),
  );
  await user.click(await screen.findByLabelText(t("settings.notice.ready"), {}, LATE));
  await user.click(screen.getByRole("button", { name: t("settings.channels.save") }));
  expect(asked.find((one) => one.call === call)?.body).toEqual({
    ...{ kind: "dingtalk", name: "DBAs", enabled: true, language: "zh-CN", migrations: [] },
    ...{ notices: ["failed", "ready"], linkBase: "https://ferry.example", url: null, secret: null },
    ...{ mine: false, via: null },
  });
});

test("a new channel is asked for what is missing before anything is sent", async () => {
  const { user, asked, t } = openTestPage(<ChannelsPanel />, {
    answers: { "GET /api/channels": { channels: [] }, ...NO_MIGRATIONS },
  });
  await user.click(screen.getByRole("button", { name: t("settings.channels.add") }));
  await user.click(await screen.findByRole("button", { name: t("settings.channels.save") }, LATE));
  expect(screen.getByText(t("settings.invalid.required"))).toBeDefined();
  expect(asked.some(({ call }) => call.startsWith("POST"))).toBe(false);
  for (const notice of NOTICES) {
    const tick = screen.getByLabelText(t(`settings.notice.${notice}`));
    expect(tick instanceof HTMLInputElement && tick.checked).toBe(true);
  }
});

test("one’s own are apart from everybody’s", async () => {
  const own = { ...CHANNEL, id: "c2", name: "Mine", mine: true };
  const answers = { "GET /api/channels": { channels: [CHANNEL, own] } };
  const { t } = openTestPage(<ChannelsPanel mine />, { answers });
  await screen.findByRole("heading", { name: t("settings.channels.mine") });
  expect(
    (await screen.findAllByRole("listitem")).map((item) => within(item).getByText("Mine").tagName),
  ).toEqual(["B"]);
});
