import { z } from "zod";
import { CHECK_RUN_STATES } from "@/lib/migration/vocabulary/check-run-state";
import { Failure } from "./connection";
import { ProbeView } from "./migration";

/** A DBCC CHECKDB that was started from the preflight. */
export const CheckRunView = z.object({
  state: z.enum(CHECK_RUN_STATES),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  startedBy: z.string(),
  /** As SQL Server names it, `DBCC TABLE CHECK`; percent starts again in each. */
  phase: z.string().nullable(),
  percent: z.number().nullable(),
  /** The last lines it printed. */
  lines: z.array(z.string()),
  failure: Failure.nullable(),
});
export type CheckRunView = z.infer<typeof CheckRunView>;

/** What is known of everything that could fail later: the latest answer of each probe. */
export const PreflightView = z.object({
  probes: z.array(ProbeView),
  checkRun: CheckRunView.nullable(),
  serverNow: z.iso.datetime(),
});
export type PreflightView = z.infer<typeof PreflightView>;

/** Asks again: one probe, or all of them. */
export const RunPreflightInput = z.strictObject({ probe: z.string().max(60).nullable() });
export type RunPreflightInput = z.infer<typeof RunPreflightInput>;

export const AcceptWarningInput = z.strictObject({
  probe: z.string().max(60),
  /** The answer that was seen: another one since is not what the person accepts. */
  gist: z.string(),
  reason: z.string().trim().min(1).max(500),
});
export type AcceptWarningInput = z.infer<typeof AcceptWarningInput>;

export const CheckRunInput = z.strictObject({ action: z.enum(["start", "cancel"]) });
export type CheckRunInput = z.infer<typeof CheckRunInput>;
