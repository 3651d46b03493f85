import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { FileProblem } from "@/lib/migration/judge-reading";
import type { BackupFile, Prisma } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import type { Hold } from "../step-run";
import { verdictJson } from "./inspect-object";

interface LeftOut {
  file: BackupFile;
  problem: FileProblem;
  /** What the header tells, where it was just read. */
  columns?: Prisma.BackupFileUpdateManyMutationInput;
}

/** The target can do without the file: its round ends, nothing is wrong. */
export function skipSuperfluous({ file, problem, columns }: LeftOut): Hold {
  return {
    type: "done",
    skipped: true,
    events: [{ type: "file_skipped", payload: { file: file.name, reason: problem.kind } }],
    write: async (tx) => {
      await moveFile(tx, file.id, "skipped", { ...columns, verdict: verdictJson(problem) });
    },
  };
}

/** The file does not continue the chain: its round ends before anything is submitted, and a person is told why. */
export function refuseFile({ file, problem, columns }: LeftOut): Hold {
  const { kind, fromLsn, toLsn, message } = problem;
  return {
    type: "refused",
    failure: ruleFailure("file_refused", { file: file.name, kind }),
    events: [
      {
        type: "file_refused",
        payload: {
          file: file.name,
          kind,
          fromLsn: fromLsn?.toString() ?? null,
          toLsn: toLsn?.toString() ?? null,
          message,
        },
      },
    ],
    write: async (tx) => {
      await moveFile(tx, file.id, "refused", { ...columns, verdict: verdictJson(problem) });
    },
  };
}
