// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import { arrangeMigrations, NO_FILTER } from "../arrange-migrations";
import { CompactTable } from "../compact-table";

/** On a busy machine. */
const LATE = { timeout: 20_000 };
const NAMES = ["Sales", "HR", "ERP"];

function view(name: string, over: Partial<MigrationView> = {}): MigrationView {
  const target = { connectionId: "c", instanceId: "rm-1", database: `${name}_new` };
  const source = { connectionId: "s", name: "SQL-01", database: name };
  return viewOf({ id: name.toLowerCase(), name, source, target, status: "running", ...over });
}

/** The list, with these selected. */
async function open(
  selected: readonly string[],
  answers: Readonly<Record<string, unknown>>,
  armed: readonly string[] = [],
) {
  const arranged = arrangeMigrations(
    NAMES.map((name) => view(name, { isArmed: armed.includes(name) })),
    NO_FILTER,
  );
  const page = openTestPage(
    <CompactTable arranged={arranged} filter={NO_FILTER} onChange={() => undefined} />,
    { answers },
  );
  for (const name of selected) await page.user.click(screen.getByLabelText(page.t("bulk.select", { name })));
  return page;
}

const actions = (name: string) => `POST /api/migrations/${name}/actions`;

test("each is asked by itself; who refuses is named with the reason, and the others are done", async () => {
  const { t, user, asked } = await open(["Sales", "HR"], { [actions("sales")]: view("Sales") });
  await user.click(await screen.findByRole("button", { name: t("bulk.take_log") }, LATE));
  const outcome = (
    await screen.findByText(t("bulk.done", { what: t("bulk.did.take_log"), done: 1, wanted: 2 }), {}, LATE)
  ).closest("[role=status]");
  expect(asked).toEqual([
    { call: actions("sales"), body: { type: "take_backup", backup: "log" } },
    { call: actions("hr"), body: { type: "take_backup", backup: "log" } },
  ]);
  expect(outcome?.textContent).toContain("HR");
  expect(outcome?.textContent).toContain(t("error.not_found"));
  expect(outcome?.textContent).not.toContain("Sales");
});

test("a pause leaves the limit of each as it is", async () => {
  const limited = view("Sales", { uploadControl: { paused: false, bytesPerSecond: 5_000_000 } });
  const { t, user, asked } = await open(["Sales"], {
    "GET /api/migrations/sales": limited,
    [actions("sales")]: limited,
  });
  await user.click(await screen.findByRole("button", { name: t("bulk.pause") }, LATE));
  await screen.findByText(t("bulk.done", { what: t("bulk.did.pause"), done: 1, wanted: 1 }), {}, LATE);
  expect(asked.at(-1)?.body).toEqual({
    type: "control_uploads",
    control: { paused: true, bytesPerSecond: 5_000_000 },
  });
});

test("cutovers are armed by each one's own name, to be released by a person", async () => {
  const { t, user, asked } = await open(["ERP"], { [actions("erp")]: view("ERP") });
  await user.click(await screen.findByRole("button", { name: t("bulk.hold") }, LATE));
  const dialog = await screen.findByRole("dialog", {}, LATE);
  await user.type(within(dialog).getByLabelText(t("cutover.deadline.minutes")), "10");
  await user.click(within(dialog).getByRole("button", { name: t("bulk.hold.confirm") }));
  await screen.findByText(t("bulk.done", { what: t("bulk.did.hold"), done: 1, wanted: 1 }), {}, LATE);
  expect(asked.at(-1)?.body).toEqual({
    ...{ type: "cutover", stopWrites: "restricted_user", checkMode: "async", confirmName: "ERP_new" },
    deadline: { minutes: 10, after: "take_back" },
    hold: { by: "person" },
  });
});

test("armed cutovers begin only once their number is typed, those that are not armed are left; where nobody answers the rest is not asked", async () => {
  const gone = new Response("", { status: 503 });
  const { t, user, asked } = await open(["Sales", "HR", "ERP"], { [actions("sales")]: gone }, [
    "Sales",
    "ERP",
  ]);
  await user.click(await screen.findByRole("button", { name: t("bulk.release") }, LATE));
  const dialog = await screen.findByRole("dialog", {}, LATE);
  expect(dialog.textContent).not.toContain("HR");
  expect(within(dialog).getByText(t("bulk.release.others", { count: 1 }))).toBeTruthy();
  const begin = within(dialog).getByRole("button", { name: t("bulk.release.confirm") });
  await user.click(begin);
  expect(within(dialog).getByText(t("bulk.release.mismatch"))).toBeTruthy();
  expect(asked).toEqual([]);
  await user.type(within(dialog).getByLabelText(t("bulk.release.type", { count: 2 })), "2");
  await user.click(begin);
  await screen.findByText(t("bulk.done", { what: t("bulk.did.release"), done: 0, wanted: 2 }), {}, LATE);
  expect(asked.map(({ call }) => call)).toEqual([actions("sales")]);
  expect(screen.getByText(t("bulk.not_asked", { count: 1 }))).toBeTruthy();
});

test("what stands against it is said as its own page says it, not that it may not be done", async () => {
  const refused = (reason: string, params: object) =>
    Response.json(
      {
        ...{ type: "urn:chainferry:problem", title: reason, status: 409, code: "conflict", reason },
        ...{ params, requestId: "r", provider: null, invalidParams: [] },
      },
      { status: 409 },
    );
  const { t, user } = await open(["Sales", "HR"], {
    [actions("sales")]: refused("action_not_allowed", { action: "release_hold", why: "not_armed" }),
    [actions("hr")]: refused("cutover_not_ready", { condition: "checklist_ticked", state: "yours", open: 2 }),
  });
  // Nothing is armed: there is nothing to type.
  await user.click(await screen.findByRole("button", { name: t("bulk.release") }, LATE));
  const text = (
    await screen.findByText(t("bulk.done", { what: t("bulk.did.release"), done: 0, wanted: 2 }), {}, LATE)
  ).closest("[role=status]")?.textContent;
  expect(text).toContain(t("migration.why_not.not_armed"));
  expect(text).toContain(t("advance.checklist_ticked"));
  expect(text).toContain(t("advance.checklist_ticked.yours", { open: 2 }));
});
