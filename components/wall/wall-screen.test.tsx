// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import type { Locale } from "@/lib/format/locale";
import { WallScreen } from "./wall-screen";

vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useSearchParams: () => new URLSearchParams(),
}));

/** On a busy machine. */
const LATE = { timeout: 20_000 };

class SilentStream {
  static opened: string[] = [];
  readyState = 0;
  constructor(url: string) {
    SilentStream.opened.push(url);
  }
  addEventListener() {}
  close() {}
}

/** As a server answers that has these, each with a page of its own. */
function openWall(
  views: MigrationView[],
  { id = null, locale }: { id?: string | null; locale?: Locale } = {},
) {
  SilentStream.opened = [];
  vi.stubGlobal("EventSource", SilentStream);
  const [first] = views;
  const list = {
    migrations: views,
    unreadable: [],
    serverNow: first?.serverNow ?? "2026-05-17T00:00:00.000Z",
  };
  const pages = Object.fromEntries(views.map((view) => [`GET /api/migrations/${view.id}`, view]));
  return openTestPage(<WallScreen id={id} />, {
    answers: { "GET /api/migrations": list, ...pages },
    ...(locale && { locale }),
  });
}

const named = (id: string, over: Partial<MigrationView> = {}) =>
  viewOf({ id, name: id, source: { connectionId: "s", name: "PROD", database: id }, ...over });

test.each(["en", "zh-CN"] as const)(
  "says gap, forecast and readiness without anything to press (%s)",
  async (locale) => {
    const { t } = openWall([named("Sales", { gapSeconds: 433 })], { locale });
    const tile = await screen.findByRole("article", {}, LATE);
    expect(tile.textContent).toContain("Sales");
    expect(tile.textContent).toContain(locale === "en" ? "7m 13s" : "7分13秒");
    expect(tile.textContent).toContain(t("wall.ready"));
    expect(tile.textContent).toContain(t("wall.holds", { time: "05-17 08:00:00", zone: "UTC+08:00" }));
    for (const role of ["button", "link", "textbox", "combobox"])
      expect(screen.queryAllByRole(role)).toEqual([]);
  },
);

test("shows the source's, the viewer's and UTC's time, each with its name", async () => {
  const { t } = openWall([named("Sales")]);
  await screen.findByRole("article", {}, LATE);
  const names = screen.getAllByRole("term").map((term) => term.textContent);
  expect(names.slice(0, 3)).toEqual([
    t("format.clock.source"),
    t("format.clock.local"),
    t("format.clock.utc"),
  ]);
});

test("is dark, says alarms first, and leaves out what does not run", async () => {
  const { t } = openWall([
    named("Calm"),
    named("Over", { status: "succeeded" }),
    named("Broken", { status: "failed", needs: { key: "step_failed", params: {} } }),
  ]);
  const tiles = await screen.findAllByRole("article", {}, LATE);
  expect(tiles.map((tile) => within(tile).getByRole("heading").textContent?.split(" ")[0])).toEqual([
    "Broken",
    "Calm",
  ]);
  expect(tiles[0]?.textContent).toContain(t("wall.needs.step_failed"));
  expect(tiles[1]?.textContent).not.toContain(t("wall.needs.step_failed"));
  expect(tiles[0]?.closest("[data-theme]")?.getAttribute("data-theme")).toBe("dark");
});

test("follows a few by their own feeds, and no more than a browser has connections for", async () => {
  openWall(Array.from({ length: 12 }, (_, n) => named(`Db${n}`)));
  expect(await screen.findAllByRole("article", {}, LATE)).toHaveLength(9);
  expect(SilentStream.opened).toHaveLength(4);
});

test("of one migration shows that one, and the clock of its downtime while it runs", async () => {
  const cutover: MigrationView["cutover"] = {
    ...{ requestedAt: "2026-05-17T00:00:00.000Z", stopWrites: "restricted_user", onlineAt: null },
    ...{
      writesStoppedAt: new Date(Date.parse(viewOf().serverNow) - 65_000).toISOString(),
      forecastSeconds: 30,
    },
    ...{ forecastP90Seconds: 40, downtimeSeconds: null, deadline: null, gates: [], ahead: [] },
    check: { ok: null, description: "" },
  };
  openWall([named("Other"), named("Sales", { phase: "cutover", cutover })], {
    id: "Sales",
  });
  const timer = await screen.findByRole("timer", {}, LATE);
  expect(screen.getAllByRole("article")).toHaveLength(1);
  expect(timer.textContent).toMatch(/^1:\d\d$/);
  expect(timer.closest("dd")?.className).toContain("danger");
});

test("of one that is online says since when and how long it was down, and follows nothing", async () => {
  const cutover: MigrationView["cutover"] = {
    ...{ requestedAt: "2026-05-17T00:00:00.000Z", stopWrites: "restricted_user" },
    ...{ writesStoppedAt: "2026-05-17T00:00:10.000Z", onlineAt: "2026-05-17T00:01:15.000Z" },
    ...{
      forecastSeconds: 30,
      forecastP90Seconds: 40,
      downtimeSeconds: 65,
      deadline: null,
      gates: [],
      ahead: [],
    },
    check: { ok: true, description: "" },
  };
  const over = { status: "succeeded", phase: "online", finishedAt: "2026-05-17T00:02:00.000Z" } as const;
  const { t } = openWall([named("Sales", { ...over, cutover })], { id: "Sales" });
  expect(await screen.findByText(t("wall.online"), {}, LATE)).toBeDefined();
  expect(screen.getByText("1:05")).toBeDefined();
  expect(screen.queryByText(t("wall.ready"))).toBeNull();
  expect(screen.queryByText(t("migration.fact.forecast_none"))).toBeNull();
  expect(SilentStream.opened).toEqual([]);
});

test("says that it could be cut over now, once it may be", async () => {
  const { t } = openWall([named("Sales", { allowed: ["cutover"] })]);
  expect(await screen.findByText(t("wall.ready.now"), {}, LATE)).toBeDefined();
});

test("nothing can be cut over while something else is needed first", async () => {
  const { t } = openWall([
    named("Sales", { allowed: ["cutover"], needs: { key: "target_lost", params: {} } }),
  ]);
  expect(await screen.findByText(t("wall.ready.unknown"), {}, LATE)).toBeDefined();
  expect(screen.queryByText(t("wall.ready.now"))).toBeNull();
});

test("says that nothing runs", async () => {
  const { t } = openWall([]);
  expect(await screen.findByText(t("wall.none"), {}, LATE)).toBeDefined();
});
