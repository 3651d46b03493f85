import type { StepKind } from "@/lib/migration/status";
import { runAwaitCheck } from "./await-check/runner";
import { runAwaitImport } from "./await-import/runner";
import { runAwaitOpen } from "./await-open/runner";
import { runBackup } from "./backup/runner";
import { runFindFile } from "./find-file/runner";
import { runImport } from "./import/runner";
import { runInspect } from "./inspect/runner";
import { runOpen } from "./open/runner";
import { runPreflight } from "./preflight/runner";
import type { Runner } from "./step-run";
import { runStopWrites } from "./stop-writes/runner";
import { runUpload } from "./upload/runner";

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
