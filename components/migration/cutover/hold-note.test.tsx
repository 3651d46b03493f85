// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import { viewOf } from "../migration-view-fixture";
import { holdOf } from "./hold-choice";
import { HoldNote } from "./hold-note";

const ACT = "POST /api/migrations/m1/actions";
const ARMED: NonNullable<MigrationView["armed"]> = {
  armedAt: "2026-05-04T10:00:00.000Z",
  armedBy: "Ada",
  needsApproval: false,
  approved: null,
  until: { by: "http", host: "checks.example" },
  look: { at: "2026-05-04T10:05:00.000Z", status: 503, reason: null, params: {} },
};

describe("an armed cutover on the page", () => {
  test("says what it waits for and what was answered, and is released or disarmed", async () => {
    const view = viewOf({ armed: ARMED, allowed: ["release_hold", "disarm"] });
    const { user, asked, t } = openTestPage(<HoldNote view={view} armed={ARMED} />, {
      answers: { [ACT]: view },
    });
    expect(screen.getByText(t("cutover.hold.armed.http", { host: "checks.example" }))).toBeDefined();
    expect(screen.getByText(/503/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: t("cutover.hold.release") }));
    await user.click(screen.getByRole("button", { name: t("cutover.hold.disarm") }));
    expect(asked.map(({ body }) => body)).toEqual([{ type: "release_hold" }, { type: "disarm" }]);
  });

  test("says in words why it could not begin, and offers only what is allowed", () => {
    const armed = {
      ...ARMED,
      look: { at: ARMED.armedAt, status: null, reason: "hold_step_stopped", params: {} },
    };
    const { t } = openTestPage(<HoldNote view={viewOf({ armed, allowed: ["disarm"] })} armed={armed} />);
    expect(screen.getByText(new RegExp(t("error.hold_step_stopped").slice(0, -1)))).toBeDefined();
    expect(screen.getAllByRole("button")).toHaveLength(1);
  });

  test("names the freeze that it waits for, and is approved by whoever looks", async () => {
    const params = { name: "Year end", until: "2026-12-28T00:00:00.000Z" };
    const look = { at: ARMED.armedAt, status: null, reason: "cutover_frozen", params };
    const armed = { ...ARMED, look, needsApproval: true };
    const view = viewOf({ armed, allowed: ["disarm"] });
    const { user, asked, t, rerender } = openTestPage(<HoldNote view={view} armed={armed} />, {
      answers: { [ACT]: view },
    });
    expect(screen.getByText(/“Year end” lasts until .*2026/)).toBeDefined();
    expect(screen.getByText(t("readiness.approval.waits"))).toBeDefined();
    await user.click(screen.getByRole("button", { name: t("readiness.approval.give") }));
    expect(asked.map(({ body }) => body)).toEqual([{ type: "approve_cutover" }]);
    const approved = { ...armed, approved: { by: "Bob", at: ARMED.armedAt } };
    rerender(<HoldNote view={view} armed={approved} />);
    expect(screen.getByText(/Approved by Bob/)).toBeDefined();
    expect(screen.queryByRole("button", { name: t("readiness.approval.give") })).toBeNull();
  });
});

test("what is typed becomes a hold, none, or nothing that can be sent", () => {
  const now = Date.parse("2026-05-04T10:00:00Z");
  expect(holdOf({ by: "now", at: "", url: "" }, now)).toBeNull();
  expect(holdOf({ by: "person", at: "", url: "" }, now)).toEqual({ by: "person" });
  expect(holdOf({ by: "time", at: "2026-05-04T11:00Z", url: "" }, now)).toEqual({
    by: "time",
    at: "2026-05-04T11:00:00.000Z",
  });
  expect(holdOf({ by: "time", at: "2026-05-04T09:00Z", url: "" }, now)).toBeUndefined();
  expect(holdOf({ by: "time", at: "", url: "" }, now)).toBeUndefined();
  expect(holdOf({ by: "http", at: "", url: "ftp://x" }, now)).toBeUndefined();
  expect(holdOf({ by: "http", at: "", url: "https://x.example/" }, now)).toEqual({
    by: "http",
    url: "https://x.example/",
  });
});
