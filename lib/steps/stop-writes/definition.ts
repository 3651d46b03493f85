import { z } from "zod";
import { areWritesStopped, isOpened } from "@/lib/migration/next-round";
import { SourceInventory } from "@/lib/migration/source-inventory";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

/** What the source says while it can be read; null: it did not, or an earlier version did not ask. */
const inventory = SourceInventory.nullable().default(null);
const rowCounts = z.record(z.string(), z.number()).nullable();

export const stopWrites = defineStep({
  kind: "stop_writes",
  nature: "repeatable",
  phase: { open: "cutover", done: "cutover" },
  group: "stop_writes",
  bar: "backup",
  scope: "migration",
  follows: [],
  begins: ({ migration, idle }) => {
    const restricts = migration.backupBy === "app" && migration.cutover?.stopWrites === "restricted_user";
    const due =
      restricts && idle && !migration.release && !areWritesStopped(migration) && !isOpened(migration);
    return due && !migration.files.some((file) => file.final)
      ? [{ kind: "stop_writes", round: null, fileId: null, dueAtMs: null, input: {} }]
      : [];
  },
  input: NO_INPUT,
  /** From the first try on, whatever happens to this process: the clock of the downtime. */
  checkpoint: z.object({ stoppedAt: z.iso.datetime(), rowCounts, inventory }),
  result: z.object({ stoppedAt: z.iso.datetime(), rowCounts, inventory, sessionsLeft: z.number() }),
  facts: ({ result }) =>
    result
      ? [
          { name: "sessions_left", value: result.sessionsLeft, as: "text" },
          { name: "stoppedAt", value: result.stoppedAt, as: "wire" },
        ]
      : [],
});
