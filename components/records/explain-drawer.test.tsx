// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { createTranslator } from "@/lib/i18n/translator";
import { ExplainDrawer } from "./explain-drawer";

describe("Explain a message", () => {
  test.each(["en", "zh-CN"] as const)("tells what a pasted text means, in %s", async (locale) => {
    const { user, asked } = openTestPage(<ExplainDrawer onClose={vi.fn()} />, { locale });
    const { t } = createTranslator(locale);
    await user.click(screen.getByRole("textbox", { name: t("records.explain.field") }));
    await user.paste(
      "Task failed:\nThe database (库存 2026) is already exist on RDS, please backup and drop it.",
    );
    expect(screen.getByRole("heading", { name: t("diagnosis.database_exists.title") })).toBeDefined();
    expect(screen.getByText(t("diagnosis.database_exists.cause", { database: "库存 2026" }))).toBeDefined();
    expect(screen.getByRole("link", { name: t("records.explain.source") }).getAttribute("href")).toMatch(
      /^https:/,
    );
    expect(asked).toEqual([]);
  });

  test("shows what is not known as it is", async () => {
    const { user, t } = openTestPage(<ExplainDrawer onClose={vi.fn()} />);
    await user.click(screen.getByRole("textbox"));
    await user.paste("Something new (request id: 5C3D)");
    expect(screen.getByText(t("explanation.panel.unknown"))).toBeDefined();
    expect(screen.getAllByText("Something new (request id: 5C3D)").length).toBeGreaterThan(0);
    expect(screen.queryByRole("link", { name: t("records.explain.source") })).toBeNull();
  });
});
