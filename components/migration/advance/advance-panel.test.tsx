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
});
