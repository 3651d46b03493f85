import { z } from "zod";
import { HoldLook } from "@/lib/migration/armed-cutover";

/** A cutover that is held, without what only the server may know. */
export const ArmedView = z.object({
  armedAt: z.iso.datetime(),
  armedBy: z.string(),
  until: z.discriminatedUnion("by", [
    z.object({ by: z.literal("person") }),
    z.object({ by: z.literal("time"), at: z.iso.datetime() }),
    z.object({ by: z.literal("http"), host: z.string() }),
    z.object({ by: z.literal("wave"), waveId: z.string() }),
  ]),
  look: HoldLook.nullable(),
  /** A second person is to approve it before it begins. */
  needsApproval: z.boolean(),
  approved: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
});
export type ArmedView = z.infer<typeof ArmedView>;
