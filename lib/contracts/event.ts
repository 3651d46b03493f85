import { z } from "zod";

/**
 * A fact of a migration's record as the server read it; one that it does not know is `other`. `readEvent` of
 * lib/migration/vocabulary/events.ts says what it holds: whoever only counts events goes without its table.
 */
export const EventView = z.object({
  seq: z.number(),
  type: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  actor: z.string(),
  at: z.iso.datetime(),
});
export type EventView = z.infer<typeof EventView>;

export const EventListView = z.object({ events: z.array(EventView) });
