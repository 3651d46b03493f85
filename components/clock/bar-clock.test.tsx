// @vitest-environment happy-dom
import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { openTestPage } from "@/components/open-test-page";
import { migrationQuery } from "@/lib/client/migration-queries";
import { BarClock } from "./bar-clock";

let path = "/";
vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  usePathname: () => path,
}));

/** As a page that reads a migration. */
function Reader() {
  useQuery(migrationQuery("m1"));
  return null;
}

const ANSWERS = { "GET /api/migrations/m1": viewOf({ sourceOffsetMinutes: 330 }) };
const LATE = { timeout: 20_000 };

test("has the source's time beside local time and UTC on a migration's page, once that has read it", async () => {
  path = "/migrations/m1";
  const { t, asked } = openTestPage(
    <>
      <BarClock />
      <Reader />
    </>,
    { answers: ANSWERS },
  );
  expect((await screen.findByText("UTC+05:30", {}, LATE)).closest("div")?.textContent).toContain(
    t("format.clock.source"),
  );
  expect(screen.getAllByRole("term")).toHaveLength(3);
  expect(asked).toHaveLength(1);
});

test("has local time and UTC on any other page, and asks for nothing", async () => {
  path = "/records";
  const { t, asked } = openTestPage(<BarClock />);
  await screen.findByText(t("format.clock.local"), {}, LATE);
  expect(screen.queryByText(t("format.clock.source"))).toBeNull();
  expect(asked).toEqual([]);
});
