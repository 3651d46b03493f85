// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import { viewOf } from "../migration-view-fixture";
import { HookSettings } from "./hook-settings";

const ACT = "POST /api/migrations/m1/actions";
const HOOK: NonNullable<MigrationView["hook"]> = {
  ...{ host: "gate.example", signed: true, moments: ["before_open"], otherwise: "stop" },
  ...{ timeoutSeconds: 10, waitMinutes: 5 },
};

async function openSettings(hook: MigrationView["hook"]) {
  const view = viewOf({ hook });
  const page = openTestPage(<HookSettings view={view} />, { answers: { [ACT]: view } });
  await page.user.click(screen.getByRole("button", { name: page.t("hook.edit") }));
  return page;
}

test("an address, moments and what follows are sent together; nothing is sent without an address", async () => {
  const { user, asked, t } = await openSettings(null);
  expect(screen.getByText(t("hook.none"))).toBeDefined();
  const url = screen.getByRole("textbox", { name: t("hook.url") });
  await user.click(screen.getByRole("button", { name: t("hook.save") }));
  expect(screen.getByText(t("hook.url.wrong"))).toBeDefined();
  expect(document.activeElement).toBe(url);
  expect(asked).toEqual([]);
  await user.type(url, "https://gate.example/x");
  await user.type(screen.getByLabelText(t("hook.secret")), "shh");
  await user.click(screen.getByRole("checkbox", { name: t("event.hook_moment.taken_back") }));
  await user.click(screen.getByRole("checkbox", { name: t("event.hook_moment.before_stop") }));
  const minutes = screen.getByRole("textbox", { name: t("hook.minutes") });
  await user.clear(minutes);
  await user.type(minutes, "61");
  await user.click(screen.getByRole("button", { name: t("hook.save") }));
  expect(document.activeElement).toBe(minutes);
  await user.clear(minutes);
  await user.type(minutes, "7");
  await user.click(screen.getByRole("button", { name: t("hook.save") }));
  expect(asked.map(({ body }) => body)).toEqual([
    {
      type: "set_hook",
      hook: {
        ...{ url: "https://gate.example/x", secret: "shh", moments: ["before_open", "taken_back"] },
        ...{ otherwise: "wait", waitMinutes: 7, timeoutSeconds: 10 },
      },
    },
  ]);
});

test("a kept address is not typed again, and may be taken away", async () => {
  const { user, asked, t } = await openSettings(HOOK);
  expect(screen.getByText(/gate\.example.*before RDS is asked/)).toBeDefined();
  expect(screen.queryByRole("textbox", { name: t("hook.minutes") })).toBeNull();
  await user.click(screen.getByRole("button", { name: t("hook.remove") }));
  await user.click(screen.getByRole("button", { name: t("hook.edit") }));
  await user.click(screen.getByRole("button", { name: t("hook.save") }));
  expect(asked.map(({ body }) => body)).toMatchObject([
    { type: "set_hook", hook: null },
    { type: "set_hook", hook: { url: null, secret: null, otherwise: "stop" } },
  ]);
});
