import { z } from "zod";

/** A time in which no cutover begins. */
export const Freeze = z.strictObject({
  name: z.string().trim().min(1).max(100),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  /** IANA name of the zone in which it was meant, for who reads it. */
  timeZone: z.string().trim().min(1).max(64),
});
export type Freeze = z.infer<typeof Freeze>;

/** What holds for the cutovers of all migrations. */
export const CutoverRules = z.strictObject({
  /** A cutover is armed by one person and approved by another before it begins. */
  approval: z.boolean(),
  freezes: z.array(Freeze).max(200),
});
export type CutoverRules = z.infer<typeof CutoverRules>;

export const NO_RULES: CutoverRules = { approval: false, freezes: [] };
