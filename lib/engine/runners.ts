import type { StepKind } from "@/lib/migration/status";
import { runAwaitCheck } from "./runners/await-check";
import { runAwaitImport } from "./runners/await-import";
import { runAwaitOpen } from "./runners/await-open";
import { runBackup } from "./runners/backup";
import { runFindFile } from "./runners/find-file";
import { runImport } from "./runners/import";
import { runInspect } from "./runners/inspect";
import { runOpen } from "./runners/open";
import { runPreflight } from "./runners/preflight";
import { runStopWrites } from "./runners/stop-writes";
import { runUpload } from "./runners/upload";
import type { Runner } from "./step-run";

/** One runner a kind of step; a kind without one is a type error. */
export const RUNNERS: Record<StepKind, Runner> = {
  preflight: runPreflight,
  backup: runBackup,
  find_file: runFindFile,
  upload: runUpload,
  inspect: runInspect,
  import: runImport,
  await_import: runAwaitImport,
  stop_writes: runStopWrites,
  open: runOpen,
  await_open: runAwaitOpen,
  await_check: runAwaitCheck,
};
