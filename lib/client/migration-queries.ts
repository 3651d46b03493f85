import { queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import { z } from "zod";
import { EventListView, type EventView } from "@/lib/contracts/event";
import { MigrationView } from "@/lib/contracts/migration";
import { apiGet } from "./api";
import { migrationKeys, migrationPath } from "./migration-keys";
import { noteServerNow } from "./server-clock";

const ReadAt = z.object({ serverNow: z.iso.datetime() });

/**
 * One migration with steps and files. The live feed says when to read it again. An answer that was slow never replaces
 * a newer one, such as that of an action that was asked for meanwhile.
 */
export function migrationQuery(id: string) {
  return queryOptions({
    queryKey: migrationKeys.detail(id),
    queryFn: async ({ signal }) => {
      const view = await apiGet(migrationPath(id), MigrationView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    structuralSharing: (before, now) => (isNewer(before, now) ? before : replaceEqualDeep(before, now)),
  });
}

function isNewer(before: unknown, now: unknown): boolean {
  const [known, read] = [ReadAt.safeParse(before), ReadAt.safeParse(now)];
  return known.success && read.success && Date.parse(known.data.serverNow) > Date.parse(read.data.serverNow);
}

/** The migration's events in order. Read whole once; the live feed appends. */
export function eventsQuery(id: string) {
  return queryOptions({
    queryKey: migrationKeys.events(id),
    queryFn: ({ signal }) => readEventsAfter(id, 0, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Events with a number above `after`, page by page until one adds nothing. */
export async function readEventsAfter(id: string, after: number, signal?: AbortSignal): Promise<EventView[]> {
  const events: EventView[] = [];
  for (let last = after; ; ) {
    const page = await apiGet(
      `${migrationPath(id)}/events?after=${last}`,
      EventListView,
      signal ? { signal } : {},
    );
    const fresh = page.events.filter((event) => event.seq > last);
    const newest = fresh.at(-1);
    if (!newest) return events;
    events.push(...fresh);
    last = newest.seq;
  }
}
