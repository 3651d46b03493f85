// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { openTestPage } from "@/components/open-test-page";
import type { WaveView } from "@/lib/contracts/wave";
import type { WaveCutover } from "@/lib/wave/wave-rules";
import { memberOf, T0, waveOf } from "../wave-view-fixture";
import { WaveScreen } from "./wave-screen";

/** On a busy machine. */
const LATE = { timeout: 20_000 };
const ROW = {
  ...{ migrationId: "HR", cells: { server: "pass", features: "block" }, at: T0 },
  counts: { pass: 9, accepted: 0, warn: 0, unknown: 0, block: 1 },
  worst: { id: "source.tde", verdict: "block", params: { database: "HR", state: "3", certificate: "c" } },
};

const CUTOVER: WaveCutover = {
  mode: "sequence",
  perInstance: true,
  waitMinutes: 0,
  stopWrites: "restricted_user",
  checkMode: "async",
  deadline: { minutes: 10, after: "take_back" },
  window: null,
  goAt: null,
  approved: null,
  askedAt: T0,
  askedBy: "Lin Wei",
  askedById: "p1",
};

/** Says nothing: what the stream is for is tested beside it. */
class SilentStream {
  readyState = 1;
  addEventListener() {}
  close() {}
}
beforeEach(() => {
  vi.stubGlobal("EventSource", SilentStream);
});

function open(wave: WaveView, locale: "en" | "zh-CN" = "en") {
  return openTestPage(<WaveScreen id="w1" />, {
    locale,
    answers: {
      "GET /api/waves/w1": wave,
      "GET /api/waves/w1/preflight": { rows: [ROW], instances: [], serverNow: T0 },
      "POST /api/waves/w1/actions": wave,
    },
  });
}

test.each(["en", "zh-CN"] as const)(
  "%s: who decides, who is held, and what the others wait for",
  async (locale) => {
    const { t } = open(waveOf(), locale);
    expect(await screen.findByRole("heading", { level: 1, name: "Wave 1" }, LATE)).toBeTruthy();
    expect(screen.getByText(t("wave.fact.decides", { name: "Sales" }))).toBeTruthy();
    const held = screen.getByRole("region", { name: t("wave.held.title", { count: 1, total: 3 }) });
    expect(within(held).getByText("HR")).toBeTruthy();
    expect(screen.getByText(t("wave.wait.source_busy"), { exact: false })).toBeTruthy();
    expect(screen.getByText(t("wave.lanes.instance", { used: 23, limit: 500 }))).toBeTruthy();
    const blocked = `${t("wave.column.features")}: ${t("wave.cell.block")}`;
    expect(await screen.findByRole("img", { name: blocked }, LATE)).toBeTruthy();
  },
);

test.each(["en", "zh-CN"] as const)(
  "%s: whose deadline is passed needs a person, how long it takes no writes, and that the window is over",
  async (locale) => {
    const { members } = waveOf();
    const needs = { key: "deadline_passed", params: { minutes: 10 } } as const;
    const late = memberOf("Sales", 1, {
      ...{ stage: "cutting_over", stoppedAt: "2026-05-16T23:40:00.000Z" },
      migration: viewOf({ id: "Sales", name: "Sales", needs }),
    });
    const window = { opensAt: "2026-05-16T20:00:00.000Z", closesAt: "2026-05-16T23:50:00.000Z" };
    const cutover = { ...CUTOVER, window, deadline: { minutes: 10, after: "ask" } } as const;
    const { t } = open(waveOf({ cutover, members: [late, ...members.slice(1)] }), locale);
    const held = await screen.findByRole(
      "region",
      { name: t("wave.held.title", { count: 2, total: 3 }) },
      LATE,
    );
    expect(within(held).getByText("Sales")).toBeTruthy();
    const [before = "", after = ""] = t("wave.lanes.down_of", { time: "|", minutes: "10" }).split("|");
    expect(screen.getByText((said) => said.includes(before) && said.endsWith(after))).toBeTruthy();
    const [closed = "", rest = ""] = t("wave.fact.clock.closed", { time: "|" }).split("|");
    expect(
      screen.getByText((said) => said.startsWith(closed) && said.endsWith(rest), { selector: "dd" }),
    ).toBeTruthy();
  },
);

test("how the members share is changed on the page; what is no number is said, and not sent", async () => {
  const { t, user, asked } = open(waveOf());
  await user.click(await screen.findByRole("button", { name: t("wave.rules.change") }, LATE));
  const dialog = await screen.findByRole("dialog", {}, LATE);
  const [line, sources] = ["wave.form.line", "wave.form.sources"].map((key) =>
    within(dialog).getByLabelText(t(key as "wave.form.line")),
  );
  if (!line || !sources) throw new Error("no fields");
  await user.clear(line);
  await user.clear(sources);
  const confirm = within(dialog).getByRole("button", { name: t("wave.rules.confirm") });
  await user.click(confirm);
  expect(within(dialog).getByText(t("wave.form.count.wrong"))).toBeTruthy();
  expect(asked.filter(({ call }) => call.startsWith("POST"))).toEqual([]);
  await user.type(sources, "4");
  await user.click(confirm);
  expect(asked.filter(({ call }) => call.startsWith("POST")).at(-1)).toMatchObject({
    body: { type: "set_rules", rules: { sourcesAtOnce: 4, restoresAtOnce: 2, bytesPerSecond: null } },
  });
});

test("what is selected is moved one place earlier, with all places told", async () => {
  const { t, user, asked } = open(waveOf());
  await user.click(await screen.findByLabelText(t("wave.lanes.select", { name: "ERP" }), {}, LATE));
  await user.click(screen.getByRole("button", { name: t("wave.bulk.earlier") }));
  expect(asked.at(-1)).toMatchObject({
    call: "POST /api/waves/w1/actions",
    body: { type: "set_places", migrationIds: ["Sales", "ERP", "HR"] },
  });
});

test("the clock is started by the wave's name, typed", async () => {
  const { t, user, asked } = open(waveOf({ cutover: CUTOVER }));
  await user.click(await screen.findByRole("button", { name: t("wave.go") }, LATE));
  await user.type(screen.getByLabelText(t("wave.go.type", { name: "Wave 1" })), "wave");
  await user.click(screen.getByRole("button", { name: t("wave.go.confirm") }));
  expect(screen.getByText(t("wave.go.mismatch"))).toBeTruthy();
  await user.clear(screen.getByLabelText(t("wave.go.type", { name: "Wave 1" })));
  await user.type(screen.getByLabelText(t("wave.go.type", { name: "Wave 1" })), "Wave 1");
  await user.click(screen.getByRole("button", { name: t("wave.go.confirm") }));
  expect(asked.map(({ body }) => body)).toContainEqual({ type: "go", confirmName: "Wave 1" });
});
