import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { EventView } from "@/lib/contracts/event";
import type { ProgressView } from "@/lib/contracts/progress-view";
import { AppError } from "@/lib/diagnosis/app-error";
import { askedTogether } from "@/lib/store/asked-together";
import type { PrismaClient } from "@/lib/store/generated/client";
import { perStore } from "@/lib/store/per-store";
import { Gauge } from "@/lib/store/typed-rows";
import { EVENT_PAGE, listEvents } from "./list-events";

/** What a live page needs to know at one moment. */
export interface Pulse {
  /** Counts up with every change of the migration, its steps or files. */
  version: number;
  lastSeq: number;
  /** Gauges of the steps that are under way. */
  progress: { id: string; progress: ProgressView }[];
}

/** Several open pages of one migration share one look at the store. */
const SHARED_MS = 200;
interface SharedPulse {
  atMs: number;
  pulse: Promise<Pulse>;
}
/** Events are facts: what one page of a migration missed is what another that knows as much has missed. */
interface Missed {
  atMs: number;
  /** As of this `lastSeq`. */
  upTo: number;
  events: Promise<EventView[]>;
}
interface Board {
  missed: Map<string, Missed>;
  recent: Map<string, SharedPulse>;
  /** One look for all that are asked for in a turn of the event loop. */
  look: (migrationId: string) => Promise<Pulse | undefined>;
}
const boardOf = perStore(makeBoard);

/**
 * Version, last event and gauges of a migration. Whatever is asked for in one turn of the event loop is one look at the store, however many
 * pages are open. Throws `not_found` when it is gone.
 */
export async function readPulse({ ctx, input }: Use<{ migrationId: string }>): Promise<Pulse> {
  requireRole(ctx.actor, "viewer");
  const { migrationId } = input;
  const board = boardOf(ctx.db);
  const atMs = performance.now();
  const known = board.recent.get(migrationId);
  if (known && atMs - known.atMs < SHARED_MS) return known.pulse;
  const pulse = joinLook(board, migrationId);
  // A look that failed is shared as long, and not a moment longer.
  board.recent.set(migrationId, { atMs, pulse });
  return pulse;
}

function makeBoard(db: PrismaClient): Board {
  const recent = new Map<string, SharedPulse>();
  const look = askedTogether((ids: string[]) => {
    const atMs = performance.now();
    for (const [id, { atMs: lookedAt }] of recent) if (atMs - lookedAt >= SHARED_MS) recent.delete(id);
    return lookAt(db, ids);
  });
  return { missed: new Map<string, Missed>(), recent, look };
}

async function joinLook(board: Board, migrationId: string): Promise<Pulse> {
  const pulse = await board.look(migrationId);
  if (!pulse) throw new AppError("not_found", "migration_not_found");
  return pulse;
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

async function lookAt(db: PrismaClient, ids: readonly string[]): Promise<ReadonlyMap<string, Pulse>> {
  const rows = await db.migration.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, version: true, nextSeq: true },
  });
  // Two questions by themselves: put together from hundreds of rows by the client they cost half as much again.
  const steps = await db.migrationStep.findMany({
    where: { migrationId: { in: [...ids] }, startedAt: { not: null }, finishedAt: null },
    select: { id: true, migrationId: true, progress: true },
  });
  const pulses = new Map<string, Pulse>(
    rows.map(({ id, version, nextSeq }) => [id, { version, lastSeq: nextSeq - 1, progress: [] }]),
  );
  for (const step of steps) {
    const gauge = Gauge.safeParse(step.progress).data;
    if (gauge !== undefined) pulses.get(step.migrationId)?.progress.push({ id: step.id, progress: gauge });
  }
  return pulses;
}
