import { storedHeader } from "@/lib/backup/stored-header";
import { judgeSet } from "@/lib/migration/judge-reading";
import { targetOf } from "../inspect/inspect-object";
import { refuseFile, skipSuperfluous } from "../inspect/leave-out";
import { type Hold, required, type StepRun } from "../step-run";

/**
 * The file was read while others before it were still in hand. Now that they are restored, refused or left out: does it
 * continue what the target really holds? Null: it does, or its header was never kept.
 */
export function judgeAgain(run: StepRun): Hold | null {
  const { migration } = run;
  const file = required(run.file, "file to import");
  const set = storedHeader(file.header);
  if (set === null) return null;
  const judged = judgeSet({
    set,
    name: file.name,
    target: targetOf(migration),
    database: migration.sourceDatabase,
  });
  if (judged.verdict === "continues") return null;
  const leftOut = { file, problem: judged.problem };
  return judged.verdict === "superfluous" ? skipSuperfluous(leftOut) : refuseFile(leftOut);
}
