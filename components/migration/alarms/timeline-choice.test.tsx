// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import { viewOf } from "../migration-view-fixture";
import { TimelineChoice } from "./timeline-choice";

const ACT = "POST /api/migrations/m1/actions";
const timeline = {
  familyGuid: "FA",
  forkGuid: "R2",
  forkPointLsn: "500",
  names: ["Sales"],
  sets: 2,
  newestAt: "2026-11-20T01:10:00",
  firstLsn: "600",
  lastLsn: "700",
};
const abandoned = {
  ...timeline,
  forkGuid: "R1",
  newestAt: "2026-11-01T01:10:00",
  firstLsn: "100",
  lastLsn: "900",
};

function open(timelines: MigrationView["timelines"]) {
  const view = viewOf({ timelines });
  return openTestPage(<TimelineChoice view={view} />, { answers: { [ACT]: view } });
}

test("several timelines are told apart by names, times and LSNs; none is chosen beforehand", async () => {
  const { user, asked, t } = open([timeline, abandoned]);
  const confirm = screen.getByRole("button", { name: t("migration.timelines.confirm") });
  await user.click(confirm);
  expect(asked).toEqual([]);
  expect(screen.getByText(t("migration.timelines.choose_first"))).toBeDefined();
  for (const text of ["700", "900", "R1", "R2"]) expect(screen.getByText(text)).toBeDefined();
  await user.click(screen.getByRole("radio", { name: /2026-11-01 01:10:00/ }));
  await user.click(confirm);
  expect(asked[0]).toEqual({
    call: ACT,
    body: { type: "confirm_timeline", familyGuid: "FA", forkGuid: "R1" },
  });
});

test("nothing is asked where there is nothing to choose", () => {
  open([]);
  expect(screen.queryByRole("radio")).toBeNull();
});
