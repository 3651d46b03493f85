import { z } from "zod";
import { Aftercare } from "@/lib/migration/aftercare";
import { AftercareView } from "./aftercare";
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
  aftercare: AftercareView.pick({ steps: true, counts: true, backup: true, revert: true })
    .extend({ accounts: Aftercare.shape.accounts })
    .nullable(),
  /** The newest answer of each probe, accepted or not. */
  probes: z.array(ProbeView),
  /** All of them in order, each with the SHA-256 of itself and all before it, in hex; null: written before there were hashes. */
  events: z.array(EventView.extend({ hash: z.string().nullable() })),
});
export type ReportView = z.infer<typeof ReportView>;
