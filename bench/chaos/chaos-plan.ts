import { z } from "zod";

/** What the processes of one chaos run agree on; a JSON file whose path `CHAOS_PLAN` names. */
export const ChaosPlan = z.object({
  databases: z.array(z.string()),
  /** Databases go to them in turn. */
  instances: z.array(z.string()),
  dataFolder: z.string(),
  /** Null: the embedded store, and the process of the persons runs the engine too. */
  databaseUrl: z.string().nullable(),
  /** The JSON line of `chainferry sandbox`. */
  endpointsFile: z.string(),
  pollMs: z.number(),
  lookGraceMs: z.number(),
});
export type ChaosPlan = z.infer<typeof ChaosPlan>;
