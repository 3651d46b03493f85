import { z } from "zod";
import { ROUND_BACKUPS } from "./round-backup";

export const SCHEDULE_MODES = ["manual", "every", "back_to_back"] as const;
export type ScheduleMode = (typeof SCHEDULE_MODES)[number];

const backup = z.enum(ROUND_BACKUPS);

/** When rounds run. `back_to_back` goes on until a log backup is at or under `untilBytes`. */
export const Schedule = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("manual") }),
  z.strictObject({ mode: z.literal("every"), minutes: z.number().int().min(1).max(1440), backup }),
  z.strictObject({ mode: z.literal("back_to_back"), untilBytes: z.number().int().min(1), backup }),
]) satisfies z.ZodType<{ mode: ScheduleMode }>;
export type Schedule = z.infer<typeof Schedule>;
