// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { ConditionView, MigrationView } from "@/lib/contracts/migration";
import { fileOf, stepOf, viewOf } from "../migration-view-fixture";
import { AdvancePanel } from "./advance-panel";

const ACT = "POST /api/migrations/m1/actions";

function openPanel(over: Partial<MigrationView>, answers?: Record<string, unknown>) {
  const view = viewOf(over);
  const on = { onCutover: vi.fn(), onShowStep: vi.fn(), onShowFiles: vi.fn() };
  const page = openTestPage(<AdvancePanel view={view} {...on} />, { answers: answers ?? { [ACT]: view } });
  return { ...page, ...on };
}

const condition = (key: ConditionView["key"], state: ConditionView["state"]): ConditionView => ({
  key,
  state,
  soft: key === "last_log_small",
  params: {},
});
const buttons = () => screen.queryAllByRole("button").map((button) => button.textContent);

describe("the advance panel", () => {
  test("offers what the server allows and nothing else", () => {
    const { t } = openPanel({ allowed: ["take_log", "take_differential", "cancel"] });
    expect(buttons()).toEqual([
      t("migration.advance.take_log"),
      t("migration.advance.take_differential"),
      t("migration.advance.cancel"),
    ]);
  });

  test("says why nothing can be asked for yet", () => {
    const { t } = openPanel({ notAllowed: [{ action: "take_log", reason: "full_not_handed" }] });
    expect(screen.getByText(t("migration.why_not.full_not_handed"))).toBeDefined();
  });

  test("asks the server once for what is pressed", async () => {
    const { user, asked, t } = openPanel({ allowed: ["take_log"] });
    await user.click(screen.getByRole("button", { name: t("migration.advance.take_log") }));
    expect(asked.filter(({ call }) => call === ACT)).toEqual([
      { call: ACT, body: { type: "take_backup", backup: "log" } },
    ]);
  });

  test("leads to the cutover without asking the server, and says how many conditions are met", async () => {
    const { user, asked, onCutover, t } = openPanel({
      allowed: ["cutover"],
      conditions: [condition("imports_left", "met"), condition("last_log_small", "yours")],
    });
    expect(screen.getByText(t("migration.advance.met", { met: 1, total: 2 }))).toBeDefined();
    expect(screen.getByText(t("advance.state.yours"))).toBeDefined();
    await user.click(screen.getByRole("button", { name: t("migration.advance.cutover") }));
    expect(onCutover).toHaveBeenCalledOnce();
    expect(asked).toEqual([]);
  });

  test("leads to the step whose outcome nobody knows before anything else", async () => {
    const { user, onShowStep, t } = openPanel({
      allowed: ["take_log"],
      steps: [stepOf({ id: "lost", status: "unknown" })],
    });
    expect(buttons()[0]).toBe(t("migration.advance.unknown"));
    await user.click(screen.getByRole("button", { name: t("migration.advance.unknown") }));
    expect(onShowStep).toHaveBeenCalledExactlyOnceWith("lost");
  });

  test("leads to the files when one was refused", async () => {
    const { user, onShowFiles, t } = openPanel({ files: [fileOf({ state: "refused" })] });
    await user.click(screen.getByRole("button", { name: t("migration.advance.refused") }));
    expect(onShowFiles).toHaveBeenCalledOnce();
  });

  test("cancels only after a second word", async () => {
    const { user, asked, t } = openPanel({ allowed: ["cancel"] });
    await user.click(screen.getByRole("button", { name: t("migration.advance.cancel") }));
    expect(asked).toEqual([]);
    await user.click(screen.getByRole("button", { name: t("migration.cancel.confirm") }));
    expect(asked[0]).toEqual({ call: ACT, body: { type: "cancel" } });
  });

  test("says why something asked for was refused", async () => {
    const { user, t } = openPanel({ allowed: ["scan_now"] }, {});
    await user.click(screen.getByRole("button", { name: t("migration.advance.scan_now") }));
    expect(await screen.findByText(t("migration.action_failed"))).toBeDefined();
  });

  test("keeps every button in its place while work goes on", () => {
    const app = { method: "access_pending", backupBy: "app" } as const;
    const moments: Partial<MigrationView>[] = [
      { ...app },
      { ...app, allowed: ["take_log"] },
      { ...app, allowed: ["cutover", "take_log", "take_differential"] },
      { ...app, allowed: ["cutover"], conditions: [condition("imports_left", "met")] },
      { ...app, allowed: ["take_differential"], steps: [stepOf({ status: "failed" })] },
      { ...app, allowed: ["take_log"], files: [fileOf({ state: "refused" })] },
      { ...app, needs: { key: "take_backup", params: {} }, allowed: ["take_log", "take_differential"] },
    ];
    const { rerender } = openPanel(moments[0] ?? {});
    const handlers = { onCutover: vi.fn(), onShowStep: vi.fn(), onShowFiles: vi.fn() };
    for (const moment of moments) {
      rerender(<AdvancePanel view={viewOf(moment)} {...handlers} />);
      const places = [...document.querySelectorAll("[data-place]")];
      expect(places.map((place) => place.getAttribute("data-place"))).toEqual([
        "cutover",
        "take_log",
        "take_differential",
        "scan_now",
      ]);
      // As wide without its button as with it: the same words stand there unseen.
      expect(places.map((place) => place.textContent)).toEqual([
        "Cut over…",
        "Take log backup",
        "Take differential",
        "Look for files now",
      ]);
      // Above them stands one line of one height, whatever it says.
      const row = places[0]?.parentElement?.parentElement;
      expect(row?.previousElementSibling?.className.split(" ")).toContain("h-8");
      expect(row?.previousElementSibling?.previousElementSibling).toBeNull();
    }
  });

  test("the way to a running cutover stands where the cutover was asked for", () => {
    const cutover = { onlineAt: null, writesStoppedAt: null } as const;
    const begun = viewOf({ method: "access_pending", backupBy: "app" });
    openTestPage(
      <AdvancePanel
        view={{
          ...begun,
          cutover: {
            ...{ requestedAt: begun.serverNow, stopWrites: "restricted_user", ...cutover, ahead: [] },
            ...{
              forecastSeconds: null,
              forecastP90Seconds: null,
              downtimeSeconds: null,
              deadline: null,
              gates: [],
            },
            check: { ok: null, description: "" },
          },
          advance: { primary: "show_cutover", secondary: [], met: 0, ready: true },
        }}
        onCutover={vi.fn()}
        onShowStep={vi.fn()}
        onShowFiles={vi.fn()}
      />,
    );
    expect(document.querySelector("[data-place]")?.getAttribute("data-place")).toBe("show_cutover");
  });
});
