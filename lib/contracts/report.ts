import { z } from "zod";
import { ComparedCounts, CreatedAccount, FirstBackup, RevertWindow } from "@/lib/migration/aftercare";
import { AftercareStepView } from "./aftercare";
import { EventView } from "./event";
import { MigrationView, ProbeView } from "./migration";
import { OutlookView } from "./outlook";

/** GET /api/migrations/:id/report: everything that the printed record of a migration says. */
export const ReportView = z.object({
  /** Of Chainferry. */
  program: z.string(),
  printedAt: z.iso.datetime(),
  migration: MigrationView,
  /** Null: it was never started. */
  outlook: OutlookView.nullable(),
  /** What was done once it was online; null: it is not. */
  aftercare: z
    .object({
      steps: z.array(AftercareStepView),
      accounts: z.array(CreatedAccount),
      counts: ComparedCounts.nullable(),
      /** Counted at the source when writes were stopped; null: nobody did. */
      sourceCounts: z.object({ tables: z.number(), rows: z.number() }).nullable().default(null),
      backup: FirstBackup.nullable(),
      revert: RevertWindow.nullable(),
    })
    .nullable(),
  /** The newest answer of each probe, accepted or not. */
  probes: z.array(ProbeView),
  /** All of them in order, each with the SHA-256 of itself and all before it, in hex; null: written before there were hashes. */
  events: z.array(EventView.extend({ hash: z.string().nullable() })),
});
export type ReportView = z.infer<typeof ReportView>;
