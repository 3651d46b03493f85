import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { EventView } from "@/lib/contracts/event";
import type { ProgressView } from "@/lib/contracts/progress-view";
import { AppError } from "@/lib/diagnosis/app-error";
import type { PrismaClient } from "@/lib/store/generated/client";
import { Gauge } from "@/lib/store/typed-rows";
import { listEvents } from "./list-events";

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
const recent = new WeakMap<PrismaClient, Map<string, SharedPulse>>();

/** Version, last event and gauges of a migration. Throws `not_found` when it is gone. */
export async function readPulse({ ctx, input }: Use<{ migrationId: string }>): Promise<Pulse> {
  requireRole(ctx.actor, "viewer");
  const pulses = recent.get(ctx.db) ?? new Map<string, SharedPulse>();
  recent.set(ctx.db, pulses);
  const atMs = performance.now();
  const known = pulses.get(input.migrationId);
  if (known && atMs - known.atMs < SHARED_MS) return known.pulse;
  const pulse = lookAt(ctx, input.migrationId);
  // A look that failed is shared as long, and not a moment longer.
  pulses.set(input.migrationId, { atMs, pulse });
  for (const [id, { atMs: lookedAt }] of pulses) if (atMs - lookedAt >= SHARED_MS) pulses.delete(id);
  return pulse;
}

/** Events after `seq`, all of them: what a live page has missed. */
export async function readMissedEvents({
  ctx,
  input,
}: Use<{ migrationId: string; after: number }>): Promise<EventView[]> {
  const missed: EventView[] = [];
  for (;;) {
    const after = missed.at(-1)?.seq ?? input.after;
    const { events } = await listEvents({ ctx, input: { migrationId: input.migrationId, after } });
    missed.push(...events);
    if (events.length === 0) return missed;
  }
}

async function lookAt(ctx: Ctx, migrationId: string): Promise<Pulse> {
  const row = await ctx.db.migration.findUnique({
    where: { id: migrationId },
    select: {
      version: true,
      nextSeq: true,
      steps: { where: { startedAt: { not: null }, finishedAt: null }, select: { id: true, progress: true } },
    },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const progress = row.steps.flatMap((step) => {
    const gauge = Gauge.safeParse(step.progress).data;
    return gauge === undefined ? [] : [{ id: step.id, progress: gauge }];
  });
  return { version: row.version, lastSeq: row.nextSeq - 1, progress };
}
