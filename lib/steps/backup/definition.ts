import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { firstStep, nextRoundOf } from "@/lib/migration/next-round";
import { defineStep } from "@/lib/migration/step-definition";

export const backup = defineStep({
  kind: "backup",
  nature: "once",
  phase: "by_file",
  group: "file",
  bar: "backup",
  scope: "round",
  follows: [],
  begins: (prospect) => {
    const plan = nextRoundOf(prospect);
    return plan?.how === "take" ? [firstStep(prospect.round, plan)] : [];
  },
  input: z.object({
    backup: z.enum(BACKUP_KINDS),
    /** WITH NORECOVERY: nobody writes after it. */
    tail: z.boolean(),
    /** After it the database is opened. */
    final: z.boolean(),
  }),
  checkpoint: z.never(),
  result: z.object({
    name: z.string(),
    path: z.string(),
    sizeBytes: z.number(),
    firstLsn: z.string().nullable(),
    lastLsn: z.string().nullable(),
  }),
  aim: ({ backup: kind, final }) => ({ backup: kind, final }),
  facts: ({ result }) =>
    result
      ? [
          { name: "path", value: result.path, as: "mono" },
          { name: "name", value: result.name, as: "wire" },
        ]
      : [],
});
