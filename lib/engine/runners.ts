import type { StepKind } from "@/lib/migration/vocabulary/step-kind";
import { runAwaitCheck } from "@/lib/steps/await-check/runner";
import { runAwaitImport } from "@/lib/steps/await-import/runner";
import { runAwaitOpen } from "@/lib/steps/await-open/runner";
import { runBackup } from "@/lib/steps/backup/runner";
import { runFindFile } from "@/lib/steps/find-file/runner";
import { runImport } from "@/lib/steps/import/runner";
import { runInspect } from "@/lib/steps/inspect/runner";
import { runOpen } from "@/lib/steps/open/runner";
import { runPreflight } from "@/lib/steps/preflight/runner";
import type { Runner } from "@/lib/steps/step-run";
import { runStopWrites } from "@/lib/steps/stop-writes/runner";
import { runUpload } from "@/lib/steps/upload/runner";

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
