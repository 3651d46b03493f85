import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { BackupFileView, MigrationView, StepGroupView, StepView } from "@/lib/contracts/migration";
import { advanceOf } from "@/lib/plan/advance-of";

const T0 = "2026-05-17T00:00:00.000Z";

/** A migration of `Orders` whose full is imported and whose rounds may go on, with whatever is told otherwise. */
export function viewOf(over: Partial<MigrationView> = {}): MigrationView {
  const view: MigrationView = {
    id: "m1",
    name: "Orders",
    status: "waiting_for_user",
    phase: "rounds",
    sandbox: false,
    method: "access_pending",
    source: { connectionId: "c-source", name: "SQL-01", database: "Orders" },
    target: { connectionId: "c-cloud", instanceId: "rm-1", database: "Orders" },
    needs: null,
    isArmed: false,
    custody: null,
    targetHoldsUntilLocal: "2026-05-17T08:00:00",
    sourceOffsetMinutes: 480,
    gapSeconds: 60,
    forecast: {
      downtimeSeconds: { p50: 90, p90: 120 },
      nextLogBytes: { p50: 80_000_000, p90: 120_000_000 },
      readyAt: { p50: T0, p90: T0 },
      basis: [{ key: "measured", params: { files: 3, logs: 2 } }],
    },
    importsToday: { used: 1, limit: 20 },
    filesImported: 1,
    createdAt: T0,
    startedAt: T0,
    finishedAt: null,
    createdBy: "local",
    draft: EMPTY_DRAFT,
    transport: "shared_folder",
    backupBy: "app",
    bucket: "bucket",
    prefix: "orders/",
    sourceFolder: "D:\\Backup",
    localFolder: "/mnt/backup",
    checkMode: "async",
    ticket: null,
    schedule: { mode: "manual" },
    rdsTaskId: "10001",
    chain: { targetLsn: "42000000010000001", baseBackupSetGuid: null },
    steps: [],
    files: [],
    conditions: [],
    alarms: [],
    timelines: [],
    armed: null,
    hook: null,
    checklist: null,
    rehearsal: null,
    takenBack: null,
    allowed: [],
    cutover: null,
    uploadControl: { paused: false, bytesPerSecond: null },
    downtimeLimit: null,
    archivedAt: null,
    lastSeq: 1,
    serverNow: T0,
    groups: [],
    stages: [],
    notAllowed: [],
    advance: { primary: null, secondary: [], met: 0, ready: true },
    ...over,
  };
  const { allowed, method, cutover } = view;
  const { conditions, ...advance } = advanceOf({
    allowed,
    conditions: view.conditions,
    cutover: cutover && { online: cutover.onlineAt !== null },
    method: method ?? "access_pending",
    rehearsal: view.rehearsal !== null,
  });
  return { ...view, conditions, advance };
}

export function stepOf(over: Partial<StepView> = {}): StepView {
  return {
    id: "s1",
    key: "import:1",
    kind: "import",
    nature: "once",
    status: "running",
    ordinal: 1,
    round: 1,
    fileId: null,
    attempt: 1,
    startedAt: T0,
    finishedAt: null,
    nextCheckAt: null,
    progress: null,
    failure: null,
    bar: "import",
    facts: [],
    ...over,
  };
}

/** A group of steps that began with the cutover. */
export function groupOf(over: Partial<StepGroupView> = {}): StepGroupView {
  return {
    key: "open:1",
    kind: "open",
    title: "open",
    number: null,
    backup: null,
    final: false,
    fileId: null,
    stepIds: [],
    status: "running",
    ended: false,
    startedAt: T0,
    finishedAt: null,
    ofCutover: true,
    ...over,
  };
}

export function fileOf(over: Partial<BackupFileView> = {}): BackupFileView {
  return {
    id: "f1",
    name: "Orders_log_2.trn",
    objectKey: "orders/Orders_log_2.trn",
    state: "imported",
    type: "log",
    tail: false,
    final: false,
    sizeBytes: 1_000_000,
    witness: { by: "bytes", who: null },
    unread: null,
    uploadedBytes: 1_000_000,
    firstLsn: "42000000010000001",
    lastLsn: "42000000020000001",
    startedAtLocal: null,
    finishedAtLocal: null,
    utcOffsetMinutes: null,
    crc64: null,
    receipt: null,
    verdict: null,
    rdsStatus: null,
    importedTimes: 1,
    uploadedAt: null,
    importedAt: null,
    ...over,
  };
}
