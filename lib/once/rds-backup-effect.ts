import { z } from "zod";
import type { OnceCall } from "@/lib/store/generated/client";
import type { Look, OnceEffect, OnceTarget, OnceWorld } from "./once-effect";

/** By so much the two clocks may differ. */
const CLOCKS_APART_MS = 60_000;
const DAY_MS = 86_400_000;

/** One CreateBackup of an instance. */
export const RdsBackupCallRequest = z.object({ instanceId: z.string() });
export type RdsBackupCallRequest = z.infer<typeof RdsBackupCallRequest>;

/** The row of a backup: RDS takes one of an instance at a time, and twenty a day. */
export function rdsBackupTarget(
  { instanceId }: RdsBackupCallRequest,
  owner: {
    connectionId: string;
    migrationId: string | null;
    stepId: string | null;
    databaseName: string;
    item: string;
  },
): OnceTarget {
  return { subject: `backup ${instanceId}`, instanceId, fileId: null, ...owner };
}

/** CreateBackup. After a lost answer a manual job that RDS has since then is ours, or as good as ours: one backup is enough. */
export const rdsBackupEffect: OnceEffect<RdsBackupCallRequest> = {
  kind: "rds_backup",
  graceMs: (lookGraceMs) => lookGraceMs,
  call: async ({ clients, connectionId }, { instanceId }) => {
    const rds = await clients.rds(connectionId);
    const { jobId, requestId } = await rds.createBackup(instanceId);
    return { reference: jobId, requestId };
  },
  look: lookForJob,
  stands: lookForJob,
};

async function lookForJob({ clients, connectionId }: OnceWorld, call: OnceCall): Promise<Look> {
  const { instanceId } = RdsBackupCallRequest.parse(call.request);
  const rds = await clients.rds(connectionId);
  const jobs = await rds.listBackupJobs({ instanceId, jobId: call.reference });
  if (call.reference !== null) {
    const job = jobs.find(({ jobId }) => jobId === call.reference);
    return job === undefined || job.state === "failed"
      ? { state: "absent" }
      : { state: "found", reference: call.reference };
  }
  const running = jobs.find(({ manual, state }) => manual && state === "running");
  if (running) return { state: "found", reference: running.jobId };
  // Jobs have no times; what they made has.
  const from = new Date(call.intendedAt.getTime() - CLOCKS_APART_MS).toISOString();
  const to = new Date(call.intendedAt.getTime() + DAY_MS).toISOString();
  const made = (await rds.listBackups({ instanceId, from, to })).find(({ manual, ok }) => manual && ok);
  const job = jobs.find(({ backupId }) => made !== undefined && backupId === made.backupId);
  return job === undefined ? { state: "absent" } : { state: "found", reference: job.jobId };
}
