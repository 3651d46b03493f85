import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft as Draft, type MigrationDraft, type ProbeView } from "@/lib/contracts/migration";
import { CELL_VERDICTS, type CellVerdict, type WavePreflightView } from "@/lib/contracts/wave";
import { columnOfProbe } from "@/lib/contracts/wave-matrix";
import { isProbeId, PROBE_ORDER, PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/preflight/run-probes";
import { shareAnswers } from "@/lib/preflight/share-answers";
import { storeProbes, toProbeView } from "@/lib/preflight/store-probes";
import { loadWave } from "@/lib/store/wave-rows";
import { besideOn } from "@/lib/wave/beside";
import { readBeside, toBeside } from "./read-beside";

/** So many databases are looked at side by side: the servers have other things to do. */
const AT_ONCE = 4;

/**
 * Looks over all members of a wave, or those that are named, and keeps what each answered as its own preflight. What they have in
 * common is asked once. Throws `not_found`; a system that does not answer makes probes unknown.
 */
export async function runWavePreflight({
  ctx,
  input,
}: Use<{ waveId: string; migrationIds: readonly string[] | null }>): Promise<WavePreflightView> {
  requireRole(ctx.actor, "operator");
  const { waveId, migrationIds } = input;
  await loadWave(ctx.db, waveId);
  const rows = await membersOf(ctx, waveId);
  const wanted = rows.filter(({ id }) => migrationIds === null || migrationIds.includes(id));
  const shared = shareAnswers(ctx);
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE).map(async ({ id: migrationId, draft }) => {
      const views = await probeDraft({ ctx: shared, draft, migrationId, steps: PROBE_STEPS });
      await storeProbes({ ctx, migrationId, views, asked: PROBE_STEPS });
    });
    await Promise.all(some);
  }
  return listWavePreflight({ ctx, input: { waveId } });
}

/** The latest answers, one row a database. Asks nobody. Throws `not_found`. */
export async function listWavePreflight({ ctx, input }: Use<{ waveId: string }>): Promise<WavePreflightView> {
  requireRole(ctx.actor, "viewer");
  const { plans } = await loadWave(ctx.db, input.waveId);
  const members = await membersOf(ctx, input.waveId);
  const stored = await ctx.db.migrationProbe.findMany({
    where: { migrationId: { in: members.map(({ id }) => id) } },
  });
  const probes = members.map(({ id }) =>
    stored
      .filter(({ migrationId }) => migrationId === id)
      .flatMap((row) => toProbeView(row) ?? [])
      .sort((a, b) => (PROBE_ORDER.get(a.id) ?? 0) - (PROBE_ORDER.get(b.id) ?? 0)),
  );
  const instanceIds = [...new Set(members.flatMap(({ draft }) => draft.instanceId ?? []))].sort();
  const around = { waveId: input.waveId, sourceIds: [], instanceIds, sharesLine: false };
  const beside = (await readBeside(ctx, around)).map((one) => ({
    ...toBeside(one, {}),
    // By the probes' answers, which know of no list of databases.
    onDisk: one.member.row.targetLsn !== null,
  }));
  return {
    rows: members.map(({ id }, index) => toMatrixRow(id, probes[index] ?? [])),
    instances: instanceIds.map((instanceId) => {
      const { count, bytes: besideBytes } = besideOn(instanceId, beside);
      const own = members.filter(({ draft }) => draft.instanceId === instanceId);
      const open = own.filter(({ isRestored }) => !isRestored);
      const bytes = open.map(({ id, draft }) => plans[id]?.bytes ?? draft.plan.databaseBytes);
      const answers = own.flatMap(({ id }) => probes[members.findIndex((one) => one.id === id)] ?? []);
      return {
        instanceId,
        freeBytes: newestFree(answers),
        neededBytes: bytes.some((one) => one === null)
          ? null
          : bytes.reduce<number>((sum, one) => sum + (one ?? 0), 0),
        beside: { count, bytes: besideBytes },
      };
    }),
    serverNow: ctx.now().toISOString(),
  };
}

interface LookedAt {
  id: string;
  draft: MigrationDraft;
  /** What it needs it has taken already. */
  isRestored: boolean;
}

async function membersOf(ctx: Ctx, waveId: string): Promise<LookedAt[]> {
  const rows = await ctx.db.migration.findMany({
    where: { waveId },
    orderBy: { wavePlace: "asc" },
    select: { id: true, draft: true, targetLsn: true },
  });
  return rows.map(({ id, draft, targetLsn }) => ({
    id,
    draft: Draft.parse(draft),
    isRestored: targetLsn !== null,
  }));
}

/** From what a person need not look at to what they must. */
const rank = (verdict: CellVerdict): number => CELL_VERDICTS.indexOf(verdict);

function cellOf({ verdict, accepted }: ProbeView): CellVerdict {
  return verdict === "warn" && accepted !== null ? "accepted" : verdict;
}

/** One row of the matrix, of the answers of one database. */
export function toMatrixRow(
  migrationId: string,
  probes: readonly ProbeView[],
): WavePreflightView["rows"][number] {
  const cells: WavePreflightView["rows"][number]["cells"] = {};
  const counts = { pass: 0, accepted: 0, warn: 0, unknown: 0, block: 0 };
  let worst: ProbeView | null = null;
  for (const probe of probes) {
    if (!isProbeId(probe.id)) continue;
    const cell = cellOf(probe);
    const column = columnOfProbe(probe.id);
    const before = cells[column];
    if (before === undefined || rank(cell) > rank(before)) cells[column] = cell;
    counts[cell] += 1;
    if (worst === null || rank(cell) > rank(cellOf(worst))) worst = probe;
  }
  const ats = probes.map(({ at }) => at).sort();
  return {
    migrationId,
    cells,
    counts,
    worst:
      worst === null || cellOf(worst) === "pass"
        ? null
        : { id: worst.id, verdict: cellOf(worst), params: worst.params },
    at: ats[0] ?? null,
  };
}

/** What the instance said last of its free space. */
function newestFree(probes: readonly ProbeView[]): number | null {
  const told = probes.filter(({ id, verdict }) => id === "instance.space" && verdict !== "unknown");
  const newest = told.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.params.freeBytes;
  return typeof newest === "number" ? newest : null;
}
