import { z } from "zod";

/** What is as likely passed as not, and what is passed once in ten times. */
export const Range = z.object({ p50: z.number(), p90: z.number() });
export const InstantRange = z.object({ p50: z.iso.datetime(), p90: z.iso.datetime() });
