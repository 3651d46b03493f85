// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { viewOf } from "../migration-view-fixture";
import { ChecklistSection } from "./checklist-section";

const ACT = "POST /api/migrations/m1/actions";
const STOP = { id: "1", text: "Stop the shop", when: "before" as const, ticked: null };
const TICKED = { by: "Bob", at: "2026-05-04T10:00:00.000Z" };
const POINT = { id: "2", text: "Point the shop at RDS", when: "after" as const, ticked: TICKED };
const view = viewOf({ checklist: { strict: false, items: [STOP, POINT] } });

test("lines are ticked, added and removed; who ticked is said", async () => {
  const { user, asked, t } = openTestPage(<ChecklistSection view={view} />, { answers: { [ACT]: view } });
  expect(screen.getByText(/Bob/)).toBeDefined();
  await user.click(screen.getByRole("checkbox", { name: /Stop the shop/ }));
  await user.click(screen.getByRole("button", { name: t("readiness.line.add") }));
  await user.type(screen.getByRole("textbox", { name: t("readiness.line") }), " Tell the desk ");
  await user.click(screen.getByRole("button", { name: t("readiness.line.add") }));
  await user.click(
    screen.getByRole("button", { name: t("readiness.line.remove.of", { text: "Stop the shop" }) }),
  );
  await user.click(screen.getByRole("checkbox", { name: t("readiness.strict") }));
  const [stop, point] = [STOP, POINT].map(({ id, text, when }) => ({ id, text, when }));
  expect(asked.map(({ body }) => body)).toEqual([
    { type: "tick", itemId: "1", ticked: true },
    {
      type: "set_checklist",
      checklist: { strict: false, items: [stop, point, { id: null, text: "Tell the desk", when: "before" }] },
    },
    { type: "set_checklist", checklist: { strict: false, items: [point] } },
    { type: "set_checklist", checklist: { strict: true, items: [stop, point] } },
  ]);
});

test("after the database is open only its lines are shown, and none is changed", () => {
  openTestPage(<ChecklistSection view={view} only="after" />);
  expect(screen.queryByText("Stop the shop")).toBeNull();
  expect(screen.getByRole("checkbox", { name: /Point the shop/ })).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});
