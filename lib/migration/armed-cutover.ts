import { z } from "zod";
import { CutoverDeadline } from "./cutover-request";
import { CHECK_MODES } from "./vocabulary/check-mode";
import { STOP_WRITES } from "./vocabulary/stop-writes";

const LONGEST_URL = 2_000;

/** What a person asks for: who or what lets the cutover begin. `http`: a GET that is answered by a status of 200 to 299. */
export const HoldUntil = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("person") }),
  z.strictObject({ by: z.literal("time"), at: z.iso.datetime() }),
  z.strictObject({ by: z.literal("http"), url: z.url().max(LONGEST_URL) }),
]);
export type HoldUntil = z.infer<typeof HoldUntil>;

/** Why a cutover that was due to be released was not: reason of an error, or the check's last answer. */
export const HoldLook = z.object({
  at: z.iso.datetime(),
  /** Of the check's answer; null: none came, or none was asked for. */
  status: z.number().nullable(),
  /** Why it is still held although it was to begin, as in `error.<reason>`; null: it was not to. */
  reason: z.string().nullable(),
  /** What that text names. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type HoldLook = z.infer<typeof HoldLook>;

/** A cutover that is asked for and waits; rounds go on. As the migration's row keeps it. */
export const ArmedCutover = z.object({
  armedAt: z.iso.datetime(),
  armedBy: z.string(),
  /** Id of that person; empty where a version before approvals armed it. */
  armedById: z.string().default(""),
  /** A second person is to approve it before it begins: as the rules were when it was armed. */
  needsApproval: z.boolean().default(false),
  approved: z.object({ by: z.string(), byId: z.string(), at: z.iso.datetime() }).nullable().default(null),
  stopWrites: z.enum(STOP_WRITES),
  checkMode: z.enum(CHECK_MODES),
  deadline: CutoverDeadline.nullable(),
  until: z.discriminatedUnion("by", [
    z.object({ by: z.literal("person") }),
    z.object({ by: z.literal("time"), at: z.iso.datetime() }),
    /** The address may hold a key: it is kept sealed, and only its host is shown. */
    z.object({ by: z.literal("http"), urlSealed: z.string(), host: z.string() }),
    /** Its turn in the wave that armed it. */
    z.object({ by: z.literal("wave"), waveId: z.string() }),
  ]),
  look: HoldLook.nullable(),
});
export type ArmedCutover = z.infer<typeof ArmedCutover>;

/** How a cutover is to go, whoever lets it begin. */
export type CutoverWishes = Pick<ArmedCutover, "stopWrites" | "checkMode" | "deadline">;

/** Where an armed cutover's sealed address is kept. */
export const armedRow = (migrationId: string): string => `Migration/${migrationId}/armed`;
