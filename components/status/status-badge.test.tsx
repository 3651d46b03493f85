// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { StatusBadge } from "./status-badge";
import { STATUS_TABLE } from "./status-table";
import { StatusGlyph } from "./status-word";

test.each(STATUSES)("%s is told by a word and by what it means, never by colour alone", (status) => {
  const { t } = openTestPage(<StatusBadge status={status} detail="3 of 4" />);
  const { label, meaning } = STATUS_TABLE[status];
  const badge = screen.getByTitle(t(meaning));
  expect(badge.textContent).toBe(`${t(label)}· 3 of 4`);
});

test("a glyph that stands alone has a name; one beside its word has none", () => {
  const { t, rerender } = openTestPage(<StatusGlyph status="failed" />);
  expect(screen.getByRole("img", { name: t(STATUS_TABLE.failed.label) })).toBeDefined();
  rerender(<StatusGlyph status="failed" label={false} />);
  expect(screen.queryByRole("img")).toBeNull();
});
