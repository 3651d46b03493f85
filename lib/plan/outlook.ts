import type { KeptPlan, PlanBase } from "@/lib/contracts/kept-plan";
import type { OutlookPart, OutlookView } from "@/lib/contracts/outlook";
import { NO_WISHES } from "@/lib/contracts/plan-wishes";
import { mapRange } from "@/lib/forecast/measured-round";
import { type PlanInput, type PlanPart, partsOfMethod } from "@/lib/forecast/plan-input";
import { type MigrationPlan, planMigration } from "@/lib/forecast/plan-migration";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import { measuredRounds } from "./measured-rounds";
import { type PartActual, partSpans, progressOf } from "./part-spans";
import { planInputOf, ratesNotMeasured } from "./plan-input-of";
import { instant } from "./plan-view";
import { timelineGroups } from "./timeline-groups";

/** What a compressed backup makes of a database, where nothing was measured. */
export const COMPRESSED_SHARE = 1 / 3;

export interface OutlookFacts {
  nowMs: number;
  startedAtMs: number;
  /** Age of the newest data that the target holds; null when unknown. */
  gapSeconds: number | null;
  checkMode: CheckMode;
  timeFactor: number;
  /** What was kept when it started. */
  kept: KeptPlan | null;
}

/**
 * A migration that has started, part by part: as it was planned, as it went, and as the rest is foreseen from what it has
 * shown so far. Nothing is foreseen of one that is over, or whose size nobody knows.
 */
export function outlookOf(
  migration: MigrationSnapshot,
  facts: OutlookFacts,
): Omit<OutlookView, "differential"> {
  const { kept, timeFactor } = facts;
  const met = partSpans(migration, timelineGroups(migration));
  const foreseen = foresee(migration, met, facts);
  const ahead = new Map(foreseen?.parts.map((part) => [part.part, part]));
  const planned = new Map(kept?.plan.parts.map((part) => [part.part, part]));
  const parts = partsOfMethod(migration.method).flatMap((part): OutlookPart[] => {
    const [plan, actual, next] = [planned.get(part), met.get(part), ahead.get(part)];
    const forecast = next && actual?.span.endMs == null ? next : undefined;
    if (!plan && !actual && !forecast) return [];
    return [
      {
        part,
        groupKey: actual?.groupKey ?? null,
        plan: plan ? { startAt: plan.startAt, endAt: plan.endAt } : null,
        actual: actual
          ? {
              startAt: instant(actual.span.startMs),
              endAt: actual.span.endMs === null ? null : instant(actual.span.endMs),
            }
          : null,
        forecast: forecast
          ? { startAt: mapRange(forecast.startMs, instant), endAt: mapRange(forecast.endMs, instant) }
          : null,
        bytes: forecast?.bytes?.p50 ?? null,
      },
    ];
  });
  const onlineMs = endOf(met, "open") ?? foreseen?.onlineMs.p50 ?? null;
  return {
    plan: kept && {
      madeAt: kept.madeAt,
      cutoverAt: kept.plan.cutoverAt,
      onlineAt: kept.plan.onlineAt,
      downtimeSeconds: kept.plan.downtimeSeconds,
    },
    parts,
    onlineAt: foreseen && endOf(met, "open") === null ? mapRange(foreseen.onlineMs, instant) : null,
    behindSeconds:
      kept && onlineMs !== null ? Math.round((onlineMs - Date.parse(kept.plan.onlineAt.p50)) / 1_000) : null,
    timeFactor,
  };
}

function foresee(
  migration: MigrationSnapshot,
  met: ReadonlyMap<PlanPart, PartActual>,
  facts: OutlookFacts,
): MigrationPlan | null {
  const base = facts.kept?.base ?? baseOfFiles(migration);
  if (base === null || isOver(migration)) return null;
  const rounds = measuredRounds(migration);
  const shown = {
    full: rounds.some(({ type }) => type === "full"),
    log: rounds.some(({ type }) => type === "log"),
  };
  const input: PlanInput = planInputOf(base, {
    startMs: facts.startedAtMs,
    method: migration.method,
    // Its cutover is the whole of it, where somebody stopped writes at its start.
    writesStop: migration.cutover !== null,
    checkMode: facts.checkMode,
    timeFactor: facts.timeFactor,
  });
  return planMigration({
    ...input,
    rates: ratesNotMeasured(input.rates, shown),
    rounds: [...(input.rounds ?? []), ...rounds].slice(-NEWEST),
    progress: {
      nowMs: facts.nowMs,
      parts: progressOf(migration.method, met),
      gapSeconds: facts.gapSeconds,
    },
  });
}

const NEWEST = 30;

function isOver({ status, phase }: MigrationSnapshot): boolean {
  return status === "cancelled" || status === "succeeded" || phase === "online";
}

function endOf(met: ReadonlyMap<PlanPart, PartActual>, part: PlanPart): number | null {
  return met.get(part)?.span.endMs ?? null;
}

/** Of a migration without a plan: what its own full backup tells. */
function baseOfFiles({ files, firstObjectKey, lastLogLimitBytes }: MigrationSnapshot): PlanBase | null {
  const bytes = files.find(({ type }) => type === "full")?.sizeBytes ?? null;
  return bytes === null
    ? null
    : {
        databaseBytes: bytes / COMPRESSED_SHARE,
        fullBytes: bytes,
        isFullThere: firstObjectKey !== null,
        measured: {},
        limitBytes: lastLogLimitBytes,
        rehearsed: null,
        wishes: NO_WISHES,
      };
}
