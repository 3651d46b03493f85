// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { RulesSection } from "./rules-section";

const FREEZE = {
  ...{ name: "Year end", timeZone: "Europe/Berlin" },
  ...{ from: "2026-12-20T00:00:00.000Z", until: "2026-12-28T00:00:00.000Z" },
};

const AUDIT = {
  ...{ name: "Audit", timeZone: "Asia/Shanghai" },
  ...{ from: "2026-12-31T16:00:00.000Z", until: "2027-01-01T16:00:00.000Z" },
};

test("freezes are listed with the zone that they were set in, added and removed", async () => {
  const rules = { approval: false, freezes: [FREEZE] };
  const { user, asked, t } = openTestPage(<RulesSection />, {
    answers: { "GET /api/cutover-rules": rules, "PUT /api/cutover-rules": rules },
  });
  await user.click(screen.getByRole("button", { name: t("readiness.rules.open") }));
  // As it is in the zone that it was set in: 00:00 UTC is 01:00 there.
  expect(
    await screen.findByText(/Year end: 20 Dec.* 01:00 – 28 Dec.* 01:00 \(Europe\/Berlin\)/),
  ).toBeDefined();
  const add = screen.getByRole("button", { name: t("readiness.freeze.add") });
  await user.click(add);
  expect(screen.getByText(t("readiness.freeze.wrong"))).toBeDefined();
  await user.type(screen.getByRole("textbox", { name: t("readiness.freeze.name") }), "Audit");
  await user.type(screen.getByLabelText(/^From/), "2027-01-01T00:00");
  await user.type(screen.getByLabelText(/^Until/), "2027-01-02T00:00");
  await user.selectOptions(screen.getByLabelText(t("readiness.freeze.zone")), "Asia/Shanghai");
  await user.click(add);
  await user.click(screen.getByRole("button", { name: t("readiness.line.remove.of", { text: "Year end" }) }));
  await user.click(screen.getByRole("checkbox", { name: new RegExp(t("readiness.approval")) }));
  const sent = asked.filter(({ call }) => call.startsWith("PUT")).map(({ body }) => body);
  expect(sent).toMatchObject([
    { approval: false, freezes: [FREEZE, AUDIT] },
    { approval: false, freezes: [] },
    { approval: true, freezes: [FREEZE] },
  ]);
});
