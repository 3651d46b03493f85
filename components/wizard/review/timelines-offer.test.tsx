// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { TimelinesView } from "@/lib/contracts/draft-timelines";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { DraftHandle } from "../draft/use-draft";
import { TimelinesOffer } from "./timelines-offer";

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
const abandoned = { ...timeline, forkGuid: "R1", newestAt: "2026-11-01T01:10:00", lastLsn: "900" };
const FOUND: TimelinesView = { timelines: [timeline, abandoned], looked: 200, of: 400, sourceForkGuid: "R2" };

let chosen: typeof EMPTY_DRAFT.timeline = null;

function Guide() {
  const [draft, setDraft] = useState({ ...EMPTY_DRAFT, backupBy: "others" as const });
  chosen = draft.timeline;
  const handle: DraftHandle = {
    id: "m1",
    draft,
    savedDraft: draft,
    saveState: { kind: "saved", at: 0 },
    change: (edit) => setDraft((before) => ({ ...edit(before), backupBy: "others" })),
    saveNow: async () => "m1",
    reread: async () => undefined,
  };
  return <TimelinesOffer id="m1" handle={handle} />;
}

const open = (found: TimelinesView) =>
  openTestPage(<Guide />, { answers: { "GET /api/migrations/m1/timelines": found } });

test("several timelines are told apart before the start, with the one that the source is on; the choice is the draft's", async () => {
  const { user, t } = open(FOUND);
  const old = await screen.findByRole("radio", { name: /2026-11-01 01:10:00/ });
  const living = screen.getByRole("radio", { name: /2026-11-20 01:10:00/ });
  expect(living.closest("label")?.textContent).toContain(t("migration.timelines.of_source"));
  expect(screen.getByText(t("migration.timelines.looked", { looked: 200, of: 400 }))).toBeDefined();
  expect(screen.getByText(t("migration.timelines.later"))).toBeDefined();
  await user.click(old);
  expect(chosen).toMatchObject({ forkGuid: "R1", found: [{ forkGuid: "R2" }, { forkGuid: "R1" }] });
  expect(screen.queryByText(t("migration.timelines.later"))).toBeNull();
});

test("nothing is asked where there is one", async () => {
  const { asked } = open({ ...FOUND, timelines: [timeline] });
  await expect.poll(() => asked.length).toBe(1);
  expect(screen.queryByRole("radio")).toBeNull();
});
