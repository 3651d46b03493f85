import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { EventView } from "@/lib/contracts/event";
import { AppError } from "@/lib/diagnosis/app-error";
import { askedTogether } from "@/lib/store/asked-together";
import { perStore } from "@/lib/store/per-store";
import { readPulseRows } from "@/lib/store/read-pulse-rows";
import { EVENT_PAGE, listEvents } from "./list-events";

/** What a live page needs to know at one moment. */
export interface Pulse {
  /** Counts up with every change of the migration, its steps or files. */
  version: number;
  lastSeq: number;
  /** Of the steps that are under way, for `readGauges`: another text whenever one has moved. */
  gauges: string;
}

/** Several open pages of one migration share what they have missed. */
const SHARED_MS = 200;
/** Events are facts: what one page of a migration missed is what another that knows as much has missed. */
interface Missed {
  atMs: number;
  /** As of this `lastSeq`. */
  upTo: number;
  events: Promise<EventView[]>;
}
interface Board {
  missed: Map<string, Missed>;
  /** One look for all that are asked for in a turn of the event loop. */
  look: (migrationId: string) => Promise<Pulse | undefined>;
}
const boardOf = perStore(
  (db): Board => ({ missed: new Map(), look: askedTogether((migrationIds) => lookAt(db, migrationIds)) }),
);

/**
 * Version, last event and gauges of a migration. Whatever is asked for in one turn of the event loop is one look at the store. Throws
 * `not_found` when it is gone.
 */
export async function readPulse({ ctx, input }: Use<{ migrationId: string }>): Promise<Pulse> {
  requireRole(ctx.actor, "viewer");
  const pulse = await boardOf(ctx.db).look(input.migrationId);
  if (!pulse) throw gone();
  return pulse;
}

/** The same of many, in one look at the store, for pages that were let in; an error is of one that is gone. */
export async function readPulses({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db">;
  input: { migrationIds: readonly string[] };
}): Promise<ReadonlyMap<string, Pulse | Error>> {
  const pulses = await lookAt(ctx.db, input.migrationIds);
  if (pulses.size === input.migrationIds.length) return pulses;
  return new Map(input.migrationIds.map((id) => [id, pulses.get(id) ?? gone()]));
}

function gone(): AppError {
  return new AppError("not_found", "migration_not_found");
}

/**
 * Events after `after`, all of them: what a live page has missed, that has seen that there are some up to `upTo`. Pages of one migration that
 * know as much share the question.
 */
export async function readMissedEvents({
  ctx,
  input,
}: Use<{ migrationId: string; after: number; upTo: number }>): Promise<EventView[]> {
  requireRole(ctx.actor, "viewer");
  const { migrationId, after, upTo } = input;
  const { missed } = boardOf(ctx.db);
  const atMs = performance.now();
  for (const [key, { atMs: askedAt }] of missed) if (atMs - askedAt >= SHARED_MS) missed.delete(key);
  const key = `${migrationId} ${after}`;
  const known = missed.get(key);
  if (known && known.upTo >= upTo) return known.events;
  const events = readEventsAfter(ctx, migrationId, after);
  missed.set(key, { atMs, upTo, events });
  return events;
}

async function readEventsAfter(ctx: Ctx, migrationId: string, first: number): Promise<EventView[]> {
  const read: EventView[] = [];
  for (;;) {
    const after = read.at(-1)?.seq ?? first;
    const { events } = await listEvents({ ctx, input: { migrationId, after } });
    read.push(...events);
    if (events.length < EVENT_PAGE) return read;
  }
}

async function lookAt(db: Ctx["db"], migrationIds: readonly string[]): Promise<ReadonlyMap<string, Pulse>> {
  const rows = await readPulseRows(db, migrationIds);
  return new Map(
    Array.from(rows, ([id, { version, nextSeq, gauges }]) => [id, { version, lastSeq: nextSeq - 1, gauges }]),
  );
}
