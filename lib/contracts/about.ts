import { z } from "zod";

/** What stands behind the pages: whether store and engine do their work, and what the product is made of. */
export const AboutView = z.object({
  health: z.object({
    /** Of one question to the store, milliseconds. */
    storeMs: z.number(),
    /** Steps that somebody must see to, and those that go on by themselves. */
    stepsOpen: z.number(),
    stepsFailed: z.number(),
    /** How long the step that waits longest for a worker has been due, seconds; late: no worker takes it. */
    oldestDueSeconds: z.number(),
    late: z.boolean(),
  }),
  node: z.string(),
  /** Packages that run in it, by name, as they say of themselves; licence by its SPDX name. */
  packages: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
});
export type AboutView = z.infer<typeof AboutView>;
