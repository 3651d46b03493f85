// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { RecordTaskView } from "@/lib/contracts/record";
import { IncrementalDrawer } from "./incremental-drawer";

const POSTED = "POST /api/records/10001/incremental";

const task: RecordTaskView = {
  rdsTaskId: "10001",
  databaseName: "Orders",
  method: "access_pending",
  status: "waiting_for_backup",
  providerStatus: "WaitBak",
  startedAt: "2026-05-17T00:00:00.000Z",
  endedAt: null,
  replaced: false,
  description: "",
  diagnosis: null,
  migrationId: null,
  sourceClosedSince: null,
  listedByRds: true,
};
const set = {
  type: "log",
  position: 1,
  databaseName: "SalesDB",
  serverName: "PROD-01",
  softwareVersion: "15.0.2000",
  databaseVersion: 904,
  compressed: true,
  encrypted: false,
  copyOnly: false,
  tail: null,
  recoveryModel: "full",
  startedAt: "2026-05-17T00:01:00",
  finishedAt: "2026-05-17T01:06:00",
  timeZoneQuarterHours: 32,
  firstLsn: "100",
  lastLsn: "200",
  checkpointLsn: "100",
  databaseBackupLsn: null,
  differentialBaseLsn: null,
  differentialBaseGuid: null,
  baseBackupSetGuid: null,
  backupSetGuid: null,
  familyGuid: null,
  firstRecoveryForkGuid: null,
  lastRecoveryForkGuid: null,
  family: { sequence: 1, count: 1 },
  files: [],
};
const object = {
  key: "a.trn",
  sizeBytes: 1,
  lastModifiedAt: "2026-05-17T00:00:00.000Z",
  storageClass: "Standard",
};
const read = { reads: 1, bytesRead: 1, complete: true, container: "mtf", sets: [set], error: null };
const cloud = "/api/connections/c";
const answers = {
  [`GET ${cloud}/buckets`]: {
    buckets: [{ name: "staging", regionId: "cn-hangzhou", storageClass: "Standard" }],
  },
  [`GET ${cloud}/buckets/staging/objects?prefix=`]: { objects: [object], nextContinuationToken: null },
  [`GET ${cloud}/buckets/staging/header?key=a.trn`]: { key: "a.trn", sizeBytes: 1, ...read },
  "GET /api/records/10001/files?connectionId=c&instanceId=rm-1": { files: [] },
};
/** Which the server answers with a refusal. */
const JUDGED = "GET /api/records/10001/incremental?connectionId=c&instanceId=rm-1&bucket=staging&key=a.trn";

async function choose(more: Record<string, unknown> = {}) {
  // Every row is in sight.
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(private readonly see: (entries: { isIntersecting: boolean }[]) => void) {}
      observe = () => this.see([{ isIntersecting: true }]);
      disconnect = () => undefined;
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  const taskRef = { connectionId: "c", instanceId: "rm-1", rdsTaskId: "10001" };
  const page = openTestPage(<IncrementalDrawer taskRef={taskRef} task={task} onClose={() => undefined} />, {
    answers: { ...answers, ...more },
  });
  const radio = await screen.findByRole("radio", { name: /a\.trn/ });
  await vi.waitFor(() => expect(radio.hasAttribute("disabled")).toBe(false));
  expect(screen.queryByText(page.t("object.notNext"))).toBeNull();
  await page.user.click(radio);
  await vi.waitFor(() => expect(page.asked.map(({ call }) => call)).toContain(JUDGED));
  return page;
}

test("what the server says against a file stands under it as soon as it is chosen", async () => {
  const { t, asked } = await choose();
  expect(await screen.findByText(t("object.notNext"))).toBeDefined();
  expect(asked.some(({ call }) => call.startsWith("POST"))).toBe(false);
});

test("what cannot be read here goes in on a person's word only", async () => {
  const problem = {
    type: "about:blank",
    title: "",
    status: 412,
    code: "precondition_failed",
    reason: "object_unread",
    params: { key: "a.trn", seal: "encrypted" },
    requestId: "req-1",
    provider: null,
    invalidParams: [],
  };
  const { t, user, asked } = await choose({
    [JUDGED]: Response.json(problem, { status: 412 }),
    [POSTED]: { rdsTaskId: "10001" },
  });
  await user.click(await screen.findByRole("checkbox", { name: t("records.incremental.unread.say") }));
  await user.click(screen.getByRole("button", { name: t("records.incremental.submit") }));
  await vi.waitFor(() => expect(asked.map(({ call }) => call)).toContain(POSTED));
  expect(asked.find(({ call }) => call === POSTED)?.body).toMatchObject({ key: "a.trn", unread: true });
});
