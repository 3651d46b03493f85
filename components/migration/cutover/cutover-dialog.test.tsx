// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import { groupOf, stepOf, viewOf } from "../migration-view-fixture";
import { CutoverDialog } from "./cutover-dialog";

const ACT = "POST /api/migrations/m1/actions";
const BEGUN: NonNullable<MigrationView["cutover"]> = {
  requestedAt: "2026-05-17T00:00:00.000Z",
  stopWrites: "restricted_user",
  writesStoppedAt: "2026-05-17T00:00:05.000Z",
  onlineAt: null,
  forecastSeconds: 90,
  forecastP90Seconds: 120,
  gates: [],
  downtimeSeconds: null,
  deadline: null,
  ahead: ["open", "check"],
  check: { ok: null, description: "" },
};

function openDialog(over: Partial<MigrationView>, onOpenChange: (open: boolean) => void = () => {}) {
  const view = viewOf(over);
  const dialog = <CutoverDialog view={view} open onOpenChange={onOpenChange} />;
  return openTestPage(dialog, { answers: { [ACT]: view } });
}

/** What is read beside it is no act. */
const acts = (asked: { call: string; body: unknown }[]) => asked.filter(({ call }) => call === ACT);

describe("the cutover's form", () => {
  test("begins nothing until the database's name is typed exactly", async () => {
    const { user, asked, t } = openDialog({ allowed: ["cutover"] });
    const name = screen.getByRole("textbox", { name: t("cutover.confirm.label", { name: "Orders" }) });
    const submit = screen.getByRole("button", { name: t("cutover.submit") });
    await user.type(name, "orders");
    await user.click(submit);
    expect(screen.getByText(t("cutover.confirm.wrong", { name: "Orders" }))).toBeDefined();
    expect(document.activeElement).toBe(name);
    expect(acts(asked)).toEqual([]);
    await user.clear(name);
    await user.type(name, "Orders");
    await user.click(submit);
    expect(acts(asked)[0]).toEqual({
      call: ACT,
      body: { type: "cutover", stopWrites: "restricted_user", checkMode: "async", confirmName: "Orders" },
    });
  });

  test("armed, it closes: what waits for a release stands on the page", async () => {
    const opened: boolean[] = [];
    const { user, asked, t } = openDialog({ allowed: ["cutover"] }, (open) => opened.push(open));
    await user.click(screen.getByText(t("cutover.hold.person"), { exact: true }));
    const name = screen.getByRole("textbox", { name: t("cutover.confirm.label", { name: "Orders" }) });
    await user.type(name, "Orders");
    await user.click(screen.getByRole("button", { name: t("cutover.hold.submit") }));
    await waitFor(() => expect(opened).toEqual([false]));
    expect(acts(asked)[0]?.body).toMatchObject({ type: "cutover", hold: { by: "person" } });
  });

  test("sends the way and the check that were chosen", async () => {
    const { user, asked, t } = openDialog({ allowed: ["cutover"] });
    await user.click(screen.getByRole("radio", { name: new RegExp(`^${t("cutover.stop.operator")}`) }));
    await user.click(screen.getByRole("radio", { name: new RegExp(`^${t("check.sync")}`) }));
    await user.type(
      screen.getByRole("textbox", { name: t("cutover.confirm.label", { name: "Orders" }) }),
      "Orders",
    );
    await user.click(screen.getByRole("button", { name: t("cutover.submit.operator") }));
    expect(acts(asked)[0]?.body).toEqual({
      type: "cutover",
      stopWrites: "operator",
      checkMode: "sync",
      confirmName: "Orders",
    });
  });

  test("a deadline is a whole number of minutes or nothing, and goes with what follows it", async () => {
    const { user, asked, t } = openDialog({ allowed: ["cutover"] });
    expect(screen.queryByRole("group", { name: t("cutover.deadline.after") })).toBeNull();
    const minutes = screen.getByRole("textbox", { name: t("cutover.deadline.minutes") });
    await user.type(minutes, "5m");
    await user.type(
      screen.getByRole("textbox", { name: t("cutover.confirm.label", { name: "Orders" }) }),
      "Orders",
    );
    await user.click(screen.getByRole("button", { name: t("cutover.submit") }));
    expect(screen.getByText(t("cutover.deadline.wrong", { most: 1440 }))).toBeDefined();
    expect(document.activeElement).toBe(minutes);
    expect(acts(asked)).toEqual([]);
    await user.clear(minutes);
    await user.type(minutes, "1");
    expect(screen.getByText(t("cutover.deadline.tight"))).toBeDefined();
    await user.click(screen.getByRole("radio", { name: new RegExp(`^${t("cutover.deadline.ask")}`) }));
    await user.click(screen.getByRole("button", { name: t("cutover.submit") }));
    expect(acts(asked)[0]?.body).toMatchObject({ deadline: { minutes: 1, after: "ask" } });
  });

  test("a cutover that its deadline took back is told before the next", () => {
    const passed = { at: "2026-05-17T00:05:05.000Z", why: "reached" } as const;
    const { t } = openDialog({
      allowed: ["cutover"],
      takenBack: {
        by: "deadline",
        minutes: 5,
        after: "take_back",
        passed,
        releasedAt: "2026-05-17T00:05:09.000Z",
      },
    });
    expect(screen.getByText(t("cutover.taken_back.title", { minutes: 5 }))).toBeDefined();
    expect(screen.getByText(t("cutover.taken_back.reached"), { exact: false })).toBeDefined();
  });

  test("says how long the downtime will be, and on what that stands", async () => {
    const { t } = openDialog({ allowed: ["cutover"] });
    expect(await screen.findByText(/1m 30s – 2m 00s, with a last log of about 76.3 MiB/)).toBeDefined();
    expect(
      await screen.findByText(t("forecast.basis.measured", { files: 3, logs: 2 }), { exact: false }),
    ).toBeDefined();
  });

  test("leaves no choice of stopping writes where others take the backups", () => {
    const { t } = openDialog({ allowed: ["cutover"], backupBy: "others" });
    expect(screen.getByText(t("cutover.stop.only_operator"))).toBeDefined();
    const ways = screen.getByRole("group", { name: t("cutover.stop.title") });
    expect(ways.querySelectorAll("input")).toHaveLength(1);
  });

  test("says whether the conditions are met, open but soft, or in the way", () => {
    const { t, rerender } = openDialog({
      conditions: [{ key: "no_refused_file", state: "yours", soft: false, params: {} }],
    });
    expect(screen.getByText(t("cutover.gates.open"))).toBeDefined();
    const show = (conditions: MigrationView["conditions"]) =>
      rerender(<CutoverDialog view={viewOf({ conditions })} open onOpenChange={() => {}} />);
    show([
      { key: "last_log_small", state: "yours", soft: true, params: { limitBytes: 5e8, sizeBytes: 6e8 } },
    ]);
    expect(screen.getByText(t("cutover.gates.soft"))).toBeDefined();
    show([{ key: "no_refused_file", state: "met", soft: false, params: {} }]);
    expect(screen.getByText(t("cutover.gates.all"))).toBeDefined();
  });
});

describe("the cutover as it goes", () => {
  test("goes back only after a second word", async () => {
    const { user, asked, t } = openDialog({ cutover: BEGUN, allowed: ["go_back"], phase: "cutover" });
    expect(screen.queryByRole("textbox")).toBeNull();
    await user.click(screen.getByRole("button", { name: t("cutover.back.button") }));
    expect(acts(asked)).toEqual([]);
    await user.click(screen.getByRole("button", { name: t("cutover.back.confirm") }));
    expect(acts(asked)[0]).toEqual({ call: ACT, body: { type: "go_back" } });
  });

  test("has no way back once the database is being opened", () => {
    const { t } = openDialog({ cutover: BEGUN, phase: "open" });
    expect(screen.getByText(t("cutover.back.over"))).toBeDefined();
    expect(screen.queryByRole("button", { name: t("cutover.back.button") })).toBeNull();
  });

  test("lets a failed step be tried again", async () => {
    const failed = stepOf({ id: "open-1", kind: "open", status: "failed", round: null, key: "open" });
    const failure = {
      reason: "rds_error",
      params: {},
      system: "rds" as const,
      providerCode: "InvalidParameter",
      providerMessage: "No.",
      providerRequestId: null,
    };
    const { user, asked, t } = openDialog({
      cutover: BEGUN,
      phase: "open",
      steps: [{ ...failed, failure }],
      groups: [groupOf({ stepIds: ["open-1"], status: "failed" })],
    });
    await user.click(screen.getByRole("button", { name: t("timeline.inspector.retry") }));
    expect(acts(asked)[0]?.body).toEqual({ type: "retry_step", stepId: "open-1" });
  });

  test("draws the groups of the cutover, and names what lies ahead", () => {
    const { t } = openDialog({
      cutover: BEGUN,
      phase: "cutover",
      groups: [
        groupOf({ kind: "file", title: "log", number: 3, ofCutover: false }),
        groupOf({ title: "final" }),
      ],
    });
    expect(screen.queryByText(t("timeline.group.log", { number: 3 }))).toBeNull();
    expect(screen.getByText(t("timeline.group.final"))).toBeDefined();
    expect(screen.getByText(t("timeline.group.check"))).toBeDefined();
  });
});
