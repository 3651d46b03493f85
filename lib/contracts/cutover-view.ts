import { z } from "zod";
import { KeptDeadline, KeptGate } from "@/lib/migration/cutover-request";
import { WRITES_STOPPED_BY } from "@/lib/migration/vocabulary/stop-writes";

/** A cutover from the request on. */
export const CutoverView = z.object({
  requestedAt: z.iso.datetime(),
  stopWrites: z.enum(WRITES_STOPPED_BY),
  writesStoppedAt: z.iso.datetime().nullable(),
  onlineAt: z.iso.datetime().nullable(),
  /** What was forecast when it was asked for: P50, and P90. */
  forecastSeconds: z.number().nullable(),
  forecastP90Seconds: z.number().nullable(),
  downtimeSeconds: z.number().nullable(),
  deadline: KeptDeadline.nullable(),
  /** Its conditions as they stood when it began; empty: they were not kept then. */
  gates: z.array(KeptGate),
  /** Groups that have not begun, by their titles. */
  ahead: z.array(z.string()),
  check: z.object({ ok: z.boolean().nullable(), description: z.string() }),
});
