// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import type { DifferentialProposal, OutlookView } from "@/lib/contracts/outlook";
import { viewOf } from "../migration-view-fixture";
import { DifferentialNote } from "./differential-note";

const ACT = "POST /api/migrations/m1/actions";
const OUTLOOK = "GET /api/migrations/m1/outlook";
const FOUND: DifferentialProposal = {
  why: "budget",
  replaces: 30,
  waitingBytes: 3_000_000_000,
  atMostBytes: 4_000_000_000,
  imports: { logs: 30, differential: 1, left: 17 },
  seconds: { logs: { p50: 1_800, p90: 2_400 }, differential: { p50: 420, p90: 540 } },
  takeAt: null,
};

function open(differential: OutlookView["differential"], over: Partial<MigrationView> = {}) {
  const view = viewOf(over);
  const outlook: OutlookView = {
    plan: null,
    parts: [],
    onlineAt: null,
    behindSeconds: null,
    differential,
    timeFactor: 1,
  };
  return openTestPage(<DifferentialNote view={view} />, { answers: { [OUTLOOK]: outlook, [ACT]: view } });
}

test("it is proposed with what it spares and what both ways cost, and one press takes it", async () => {
  const { t, user, asked } = open(FOUND, { backupBy: "app", allowed: ["take_differential"] });
  const title = t("differential.why.budget", { logs: 30, left: 17 });
  expect(await screen.findByText(title)).toBeTruthy();
  expect(screen.getByText(/^30 imports, 30/)).toBeTruthy();
  expect(screen.getByText(/^1 import, 7/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: t("differential.take") }));
  expect(asked.at(-1)).toEqual({ call: ACT, body: { type: "take_backup", backup: "differential" } });
});

test("where others take the backups their script stands beside it, and nothing is promised by a button", async () => {
  const { t } = open(FOUND, { backupBy: "others", allowed: [] });
  expect(await screen.findByText(/@backup_type = N'DIFF'/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: t("differential.take") })).toBeNull();
});

test("while RDS is at a file, the time to take it at is told", async () => {
  open({ ...FOUND, why: "time", takeAt: "2026-05-17T20:00:00.000Z" }, { backupBy: "app" });
  expect(await screen.findByText(/RDS is at a file: take it at/)).toBeTruthy();
});

test("nothing is said where the logs are as good", async () => {
  const { asked } = open(null, { allowed: ["take_differential"] });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByText(/differential backup/i)).toBeNull();
});
