import type { FileStatus, ImportFile, Opening } from "./records";

/** How long things take on a small instance, in sandbox seconds; a sandbox second is 1/timeFactor of a real one. */
const SECONDS = {
  Database: { wait: 10, download: 40, settle: 10, check: 20, restore: 120 },
  Differential_Database: { wait: 5, download: 20, settle: 5, check: 10, restore: 50 },
  Transaction_Log: { wait: 5, download: 15, settle: 5, check: 5, restore: 30 },
} as const;
const DOWNLOAD_BYTES_PER_SECOND = 60e6;
const RESTORE_BYTES_PER_SECOND = 80e6;
const OPEN_SECONDS = 90;
const CHECK_SECONDS = 120;

/** Which step an import does not get past. */
export type FailingStep = "download" | "check" | "restore";

const FAILURES: Record<FailingStep, FileStatus> = {
  download: "DownloadFailed",
  check: "CheckFailed",
  restore: "RestoreFailed",
};

/** The steps of a file's import with their instants, up to success or to the step that fails. `extra`: sandbox seconds. */
export function planImportSteps(
  file: Pick<ImportFile, "backupMode" | "sizeBytes" | "acceptedAtMs">,
  timeFactor: number,
  failing: FailingStep | null,
  extra: { restore: number } = { restore: 0 },
): ImportFile["steps"] {
  const seconds = SECONDS[file.backupMode];
  const durations: { step: FailingStep | null; status: FileStatus; seconds: number }[] = [
    { step: null, status: "NoStart", seconds: seconds.wait },
    {
      step: "download",
      status: "Downloading",
      seconds: seconds.download + file.sizeBytes / DOWNLOAD_BYTES_PER_SECOND,
    },
    { step: null, status: "Finished", seconds: seconds.settle },
    // Verifying goes on while the file is shown as Finished: RDS has no status of its own for it.
    { step: "check", status: "Finished", seconds: seconds.check / 2 },
    { step: null, status: "CheckSuccess", seconds: seconds.check / 2 },
    {
      step: "restore",
      status: "Restoring",
      seconds: seconds.restore + extra.restore + file.sizeBytes / RESTORE_BYTES_PER_SECOND,
    },
  ];
  const steps: ImportFile["steps"] = [];
  let atMs = file.acceptedAtMs;
  for (const duration of durations) {
    if (steps.at(-1)?.status !== duration.status) steps.push({ status: duration.status, atMs });
    atMs += (duration.seconds * 1000) / timeFactor;
    if (duration.step !== null && duration.step === failing) {
      steps.push({ status: FAILURES[duration.step], atMs });
      return steps;
    }
  }
  steps.push({ status: "Restored", atMs });
  return steps;
}

/** Opening takes a while and its check longer; what comes of both is given: it lies in the database. */
export function planOpening(
  opening: Pick<Opening, "acceptedAtMs" | "checkMode">,
  timeFactor: number,
  found: { failure: string; checkFailure?: string },
): Opening {
  const onlineAtMs = opening.acceptedAtMs + (OPEN_SECONDS * 1000) / timeFactor;
  return {
    ...opening,
    onlineAtMs,
    checkedAtMs: onlineAtMs + (CHECK_SECONDS * 1000) / timeFactor,
    ...found,
  };
}
