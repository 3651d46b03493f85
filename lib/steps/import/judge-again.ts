import { storedHeader } from "@/lib/backup/stored-header";
import { judgementOf } from "@/lib/migration/judge-reading";
import { holdForTimeline } from "../inspect/hold-for-timeline";
import { targetOf } from "../inspect/inspect-object";
import { chosenKey, judgePile } from "../inspect/judge-pile";
import { refuseFile, skipSuperfluous } from "../inspect/leave-out";
import { type Hold, required, type StepRun } from "../step-run";

/**
 * The file was read while others before it were still in hand. Now that they are restored, refused or left out: does it
 * continue what the target really holds? By the judge that chose it. Null: it does, or its header was never kept.
 */
export async function judgeAgain(run: StepRun): Promise<Hold | null> {
  const { migration } = run;
  const file = required(run.file, "file to import");
  const set = storedHeader(file.header);
  if (set === null) return null;
  const target = targetOf(migration);
  const { verdict, settled } = judgePile(migration, {
    target,
    key: chosenKey(migration, file.id),
    file: { row: file, set },
  });
  if (!settled) {
    const held = await holdForTimeline(run, verdict.identity);
    return "hold" in held ? held.hold : { type: "wait", status: "running", afterMs: 0 };
  }
  const judged = judgementOf(verdict, { label: file.id, name: file.name, set, target });
  if (judged.verdict === "continues") return null;
  const leftOut = { file, problem: judged.problem };
  return judged.verdict === "superfluous" ? skipSuperfluous(leftOut) : refuseFile(leftOut);
}
