import { z } from "zod";
import { RDS_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";

/** Cloud Migration Records of Backup Data: tasks of an instance, those made in the console too. */
export const RecordTaskView = z.object({
  rdsTaskId: z.string(),
  databaseName: z.string(),
  method: z.enum(["access_pending", "immediate", "other"]),
  status: z.enum(RDS_TASK_STATUSES),
  providerStatus: z.string(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  replaced: z.boolean(),
  description: z.string(),
  /** Key into `diagnosis.*` (cause, check, remedy) when the description is a known message. */
  diagnosis: z.object({ key: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
  /** Set when Chainferry made it. */
  migrationId: z.string().nullable(),
  /** Its migration has closed the source and has not opened it again. */
  sourceClosedSince: z.iso.datetime().nullable(),
  /** False when RDS no longer lists it and only our own record does. */
  listedByRds: z.boolean(),
});
export type RecordTaskView = z.infer<typeof RecordTaskView>;
export const RecordListView = z.object({
  tasks: z.array(RecordTaskView),
  asOf: z.iso.datetime(),
  /** Set when RDS could not be asked: the list is our own record. */
  stale: z.boolean(),
});
