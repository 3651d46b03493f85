// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { openTestPage } from "@/components/open-test-page";
import { SharedMigrationView, type SharedView } from "@/lib/contracts/share";
import { ShareLinksScreen } from "./share-links-screen";
import { SharedScreen } from "./shared-screen";

/** On a busy machine. */
const LATE = { timeout: 20_000 };
const MIGRATION = viewOf({ gapSeconds: 433 });
const SHARED: SharedView = {
  of: "migration",
  migrations: [SharedMigrationView.parse({ ...MIGRATION, takenBack: false })],
  expiresAt: "2026-05-18T00:00:00.000Z",
  serverNow: "2026-05-17T00:00:00.000Z",
};

afterEach(() => {
  location.hash = "";
});

test.each(["en", "zh-CN"] as const)(
  "shows what the token opens, with nothing to press (%s)",
  async (locale) => {
    location.hash = "token-1";
    const page = openTestPage(<SharedScreen />, { locale, answers: { "POST /api/shared": SHARED } });
    const tile = await screen.findByRole("article", {}, LATE);
    expect(tile.textContent).toContain(locale === "en" ? "7m 13s" : "7分13秒");
    expect(screen.getByText(page.t("share.page.until"), { exact: false })).toBeDefined();
    for (const role of ["button", "link", "textbox", "combobox"]) expect(screen.queryByRole(role)).toBeNull();
    expect(page.asked[0]).toEqual({ call: "POST /api/shared", body: { token: "token-1" } });
  },
);

test("part of a link asks nobody, and one that is over says so", async () => {
  const part = openTestPage(<SharedScreen />);
  expect(await screen.findByText(part.t("share.page.part"), {}, LATE)).toBeDefined();
  expect(part.asked).toEqual([]);
  location.hash = "over";
  expect(await screen.findByText(part.t("share.page.failed"), {}, LATE)).toBeDefined();
});

test("a link is made for what is chosen, shown once, and ended", async () => {
  const link = {
    id: "l-1",
    migration: { id: MIGRATION.id, name: MIGRATION.name },
    createdBy: "Ann",
    createdAt: SHARED.serverNow,
    expiresAt: SHARED.expiresAt,
    seenAt: null,
  };
  const { user, asked, t } = openTestPage(<ShareLinksScreen migrationId={MIGRATION.id} />, {
    answers: {
      "GET /api/shares": { links: [link] },
      "GET /api/migrations": { migrations: [MIGRATION], unreadable: [], serverNow: SHARED.serverNow },
      "GET /api/system": {
        ...{ version: "1", store: "embedded", engine: "in_process", signIn: "required", sandbox: null },
        ...{
          person: { id: "ann", name: "Ann", role: "operator", limited: false },
          serverNow: SHARED.serverNow,
        },
      },
      "POST /api/shares": { token: "token-2", expiresAt: SHARED.expiresAt },
      "DELETE /api/shares/l-1": null,
    },
  });
  const what = await screen.findByLabelText(t("share.what"), {}, LATE);
  // Only administrators share everybody's.
  expect(await within(what).findAllByRole("option", {}, LATE)).toHaveLength(1);
  await user.selectOptions(screen.getByLabelText(t("share.span")), "7d");
  await user.click(screen.getByRole("button", { name: t("share.make") }));
  expect(await screen.findByText(/\/share#token-2$/, {}, LATE)).toBeDefined();
  expect(asked).toContainEqual({ call: "POST /api/shares", body: { migrationId: MIGRATION.id, span: "7d" } });
  await user.click(screen.getByRole("button", { name: t("share.revoke.of", { name: MIGRATION.name }) }));
  await expect.poll(() => asked.some(({ call }) => call === "DELETE /api/shares/l-1")).toBe(true);
});
