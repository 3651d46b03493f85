// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { RecordTaskView } from "@/lib/contracts/record";
import { OpenDatabaseDialog } from "./open-database-dialog";
import { RecordRow } from "./record-row";

const OPEN = "POST /api/records/10001/open";

function taskOf(over: Partial<RecordTaskView> = {}): RecordTaskView {
  return {
    rdsTaskId: "10001",
    databaseName: "Orders",
    method: "access_pending",
    status: "waiting_for_backup",
    providerStatus: "WaitBak",
    startedAt: "2026-05-17T00:00:00.000Z",
    endedAt: null,
    replaced: false,
    description: "",
    diagnosis: null,
    migrationId: null,
    sourceClosedSince: null,
    listedByRds: true,
    ...over,
  };
}

function openRow(over: Partial<RecordTaskView>, open = false) {
  const on = { onToggle: vi.fn(), onAction: vi.fn() };
  const page = openTestPage(
    <table>
      <tbody>
        <RecordRow task={taskOf(over)} selected={false} open={open} {...on} />
      </tbody>
    </table>,
  );
  return { ...page, ...on };
}

/** Actions stand twice in a row: in a column, and under the name where the table is narrow. */
const firstButton = (name: string) =>
  screen.getAllByRole("button", { name })[0] ?? expect.unreachable("getAllByRole finds one or throws");
const actions = () => [...new Set(screen.getAllByRole("button").map((button) => button.textContent))];

describe("a row of the records", () => {
  test("offers more files and opening while RDS waits for files", async () => {
    const { user, onAction, t } = openRow({});
    expect(actions()).toEqual([
      t("records.action.uploadIncremental"),
      t("records.action.openDatabase"),
      t("records.action.viewFiles"),
    ]);
    const label = t("records.action.label", { action: t("records.action.openDatabase"), database: "Orders" });
    await user.click(firstButton(label));
    expect(onAction).toHaveBeenCalledExactlyOnceWith("openDatabase");
  });

  test.each(["running", "succeeded", "not_started"] as const)("offers the files alone when %s", (status) => {
    const { t } = openRow({ status });
    expect(actions()).toEqual([t("records.action.viewFiles")]);
  });

  test("leads to the migration that made the task", () => {
    openRow({ migrationId: "m1" });
    expect(screen.getByRole("link", { name: "Orders" }).getAttribute("href")).toBe("/migrations/m1");
  });

  test("explains a failed task in place once it is opened", async () => {
    const { user, onToggle, t } = openRow({ status: "failed" });
    const toggle = firstButton(t("records.diagnosis.show", { database: "Orders" }));
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
    await user.click(toggle);
    expect(onToggle).toHaveBeenCalledOnce();
  });
});

describe("opening a database", () => {
  function openDialog(task = taskOf()) {
    const onClose = vi.fn();
    const taskRef = { connectionId: "c", instanceId: "rm-1", rdsTaskId: "10001" };
    const dialog = <OpenDatabaseDialog taskRef={taskRef} task={task} onClose={onClose} />;
    return { ...openTestPage(dialog, { answers: { [OPEN]: { accepted: true } } }), onClose };
  }

  test("asks RDS nothing until the name is typed exactly", async () => {
    const { user, asked, t } = openDialog();
    const name = screen.getByRole("textbox");
    await user.type(name, "orders{Enter}");
    expect(screen.getByText(t("records.open.name.mismatch", { database: "Orders" }))).toBeDefined();
    expect(asked).toEqual([]);
    await user.clear(name);
    await user.type(name, "Orders");
    await user.click(screen.getByRole("radio", { name: new RegExp(`^${t("check.sync")}`) }));
    await user.click(screen.getByRole("button", { name: t("records.open.submit") }));
    expect(asked[0]).toEqual({
      call: OPEN,
      body: { connectionId: "c", instanceId: "rm-1", checkMode: "sync", confirmName: "Orders" },
    });
  });

  test("stays and says why when it was refused", async () => {
    const onClose = vi.fn();
    const taskRef = { connectionId: "c", instanceId: "rm-1", rdsTaskId: "10001" };
    const { user, t } = openTestPage(
      <OpenDatabaseDialog taskRef={taskRef} task={taskOf()} onClose={onClose} />,
    );
    await user.type(screen.getByRole("textbox"), "Orders{Enter}");
    const alert = await screen.findByText(t("records.open.failed"));
    expect(within(screen.getByRole("dialog")).getByText(alert.textContent ?? "")).toBe(alert);
    expect(onClose).not.toHaveBeenCalled();
  });
});
