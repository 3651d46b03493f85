// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { DriftAlarmView, MigrationView } from "@/lib/contracts/migration";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { viewOf } from "../migration-view-fixture";
import { DriftAlarms } from "./drift-alarms";

const ACT = "POST /api/migrations/m1/actions";
const foreignLog: DriftAlarmView = {
  id: "a1",
  kind: "foreign_log",
  raisedAt: "2026-05-17T00:00:00.000Z",
  lastSeenAt: "2026-05-17T00:00:00.000Z",
  evidence: { path: "E:\\other\\Orders.trn", userName: "CORP\\backup", count: 1, fromLsn: "42", toLsn: "43" },
};

function openAlarms(over: Partial<MigrationView>) {
  const view = viewOf({ alarms: [foreignLog], ...over });
  return openTestPage(<DriftAlarms view={view} />, { answers: { [ACT]: view } });
}

describe("an alarm of somebody else's backup", () => {
  test("tells the file and offers the differential that bridges the gap", async () => {
    const { user, asked, t } = openAlarms({ allowed: ["take_differential"] });
    expect(screen.getByText("E:\\other\\Orders.trn")).toBeDefined();
    await user.click(screen.getByRole("button", { name: t("drift.take_differential") }));
    expect(asked[0]).toEqual({ call: ACT, body: { type: "take_backup", backup: "differential" } });
  });

  test("offers no differential where the server does not allow one", () => {
    const { t } = openAlarms({ allowed: [] });
    expect(screen.queryByRole("button", { name: t("drift.take_differential") })).toBeNull();
  });

  test("is set aside only after a second word", async () => {
    const { user, asked, t } = openAlarms({});
    await user.click(screen.getByRole("button", { name: t("drift.dismiss") }));
    expect(asked).toEqual([]);
    await user.click(screen.getByRole("button", { name: t("drift.dismiss.confirm") }));
    expect(asked[0]).toEqual({ call: ACT, body: { type: "dismiss_alarm", alarmId: "a1" } });
  });
});

test("another base is a warning that a differential does not mend", () => {
  const reset: DriftAlarmView = { ...foreignLog, id: "a2", kind: "base_reset" };
  const { t } = openAlarms({ alarms: [reset], allowed: ["take_differential"] });
  expect(screen.queryByRole("button", { name: t("drift.take_differential") })).toBeNull();
});

test.each(TARGET_DRIFT_KINDS)("%s says what to do, and can't be gone past", (kind) => {
  const evidence = { database: "Sales", taskId: "7", task: "Success", databaseStatus: "Running" };
  const { t } = openAlarms({ alarms: [{ ...foreignLog, kind, evidence }], allowed: ["take_differential"] });
  expect(screen.getByText(t(`drift.${kind}.do`, evidence))).toBeTruthy();
  expect(screen.queryByRole("button", { name: t("drift.dismiss") })).toBeNull();
  expect(screen.queryByRole("button", { name: t("drift.take_differential") })).toBeNull();
});

test.each(TARGET_DRIFT_KINDS)("%s: a new chain says what it costs, and is begun", async (kind) => {
  const evidence = { database: "Orders", taskId: "7", task: "Success", databaseStatus: "Running" };
  const lost: Partial<MigrationView> = {
    alarms: [{ ...foreignLog, kind, evidence }],
    allowed: ["new_chain"],
  };
  const { user, asked, t } = openAlarms(lost);
  await user.click(screen.getByRole("button", { name: t("drift.new_chain") }));
  expect(screen.getByText(t("drift.new_chain.imports", { used: 1, limit: 20 }))).toBeTruthy();
  await user.click(screen.getByRole("button", { name: t("drift.new_chain.confirm") }));
  expect(asked[0]).toEqual({ call: ACT, body: { type: "new_chain" } });
});
