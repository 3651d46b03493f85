import type { Ctx } from "@/lib/context/context";
import { ProbeView } from "@/lib/contracts/migration";
import { groupOfProbe, isProbeId, type ProbeStep } from "@/lib/diagnosis/probe-ids";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { appendEvents } from "@/lib/store/append-events";
import type { MigrationProbe, Prisma } from "@/lib/store/generated/client";

/** A stored answer as it is shown; null when its probe is no more, or was written by another version. */
export function toProbeView(row: MigrationProbe): ProbeView | null {
  if (!isProbeId(row.probeId)) return null;
  const view = ProbeView.safeParse(row.view).data;
  if (!view) return null;
  const accepted =
    row.acceptedReason !== null && row.acceptedAt !== null
      ? { reason: row.acceptedReason, by: row.acceptedBy ?? "", at: row.acceptedAt.toISOString() }
      : null;
  return { ...view, accepted };
}

/**
 * Keeps the latest answers. A warning that was accepted stays so while its answer is the same; any other answer needs a
 * new decision. `asked`: groups of which everything was asked, so that what is not among the answers does not apply any
 * more. Of a migration that has begun, an answer that changed is an event.
 */
export async function storeProbes(input: {
  ctx: Ctx;
  migrationId: string;
  views: readonly ProbeView[];
  asked: readonly ProbeStep[];
}): Promise<ProbeView[]> {
  const { ctx, migrationId, views, asked } = input;
  return ctx.db.$transaction(async (tx) => {
    // Takes the row's lock: two rounds at a time would both see the old answers.
    const [migration] = await tx.$queryRaw<
      { status: string }[]
    >`SELECT "status" FROM "Migration" WHERE "id" = ${migrationId} FOR UPDATE`;
    if (!migration) return [...views];
    const rows = await tx.migrationProbe.findMany({ where: { migrationId } });
    const before = new Map(rows.map((row) => [row.probeId, row]));
    const events: NewEvent[] = [];
    const stored: ProbeView[] = [];
    for (const view of views) {
      const row = before.get(view.id);
      const old = row ? toProbeView(row) : null;
      const same = old !== null && old.verdict === view.verdict && old.gist === view.gist;
      stored.push({ ...view, accepted: same ? old.accepted : null });
      if (old !== null && !same && changed(old, view)) events.push(changeEvent(old, view));
    }
    const gone = rows
      .map((row) => row.probeId)
      .filter((id) => isProbeId(id) && asked.includes(groupOfProbe(id)));
    // Two statements instead of one a probe: a round is some fifty of them.
    await tx.migrationProbe.deleteMany({
      where: { migrationId, probeId: { in: [...gone, ...views.map(({ id }) => id)] } },
    });
    await tx.migrationProbe.createMany({ data: stored.map((view) => toRow(migrationId, view)) });
    if (migration.status !== "draft" && events.length > 0) {
      await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: ctx.now(), events });
    }
    return stored;
  });
}

function toRow(migrationId: string, view: ProbeView): Prisma.MigrationProbeCreateManyInput {
  const { accepted } = view;
  return {
    migrationId,
    probeId: view.id,
    verdict: view.verdict,
    view: { ...view, accepted: null } satisfies Prisma.InputJsonObject,
    at: new Date(view.at),
    acceptedReason: accepted?.reason ?? null,
    acceptedBy: accepted?.by ?? null,
    acceptedAt: accepted ? new Date(accepted.at) : null,
  };
}

/** From pass to pass is no news, whatever moved. */
function changed(old: ProbeView, view: ProbeView): boolean {
  return old.verdict !== view.verdict || view.verdict === "warn" || view.verdict === "block";
}

function changeEvent(old: ProbeView, view: ProbeView): NewEvent {
  return {
    type: "probe_changed",
    payload: {
      probe: view.id,
      before: old.verdict,
      verdict: view.verdict,
      answer: view.answer.slice(0, 300),
    },
  };
}
