import { z } from "zod";

/** What the process of the watchers is told; JSON in `LOAD_PLAN`. */
export const LoadPlan = z.object({
  /** Of the dashboards, `http://127.0.0.1:3000`. */
  bases: z.array(z.string()),
  /** Each is watched by one page. */
  watched: z.array(z.string()),
  /** How many pages show the list of all. */
  lists: z.number(),
});
export type LoadPlan = z.infer<typeof LoadPlan>;

/** What it found, as one line of JSON. */
export const Watched = z.object({
  /** Milliseconds from a fact's own instant to its arrival. */
  eventMs: z.array(z.number()),
  /** Pages whose stream broke, and answers that were no 200. */
  broken: z.number(),
  refused: z.number(),
});
export type Watched = z.infer<typeof Watched>;
