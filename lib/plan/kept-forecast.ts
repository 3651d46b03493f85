import type { ForecastView } from "@/lib/contracts/forecast";
import { putNewest } from "@/lib/forecast/put-newest";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import { type ForecastGround, forecastFrom } from "./forecast";

export interface ForecastFacts {
  nowMs: number;
  /** Age of the newest data that the target holds; null: as old as the newest backup, then. */
  gapSeconds: number | null;
  checkMode: CheckMode;
  /** How many times faster than real ones the services run. */
  timeFactor: number;
}

/** By how much of the gap that it was made for a forecast may be behind, and how many seconds beside. */
const BEHIND = { share: 0.1, seconds: 30 };
const MOST_KEPT = 5_000;

interface KeptForecast {
  ground: ForecastGround;
  facts: ForecastFacts;
  view: ForecastView;
}

/**
 * The newest forecasts of migrations, for who shows many at a time: to draw one takes a thousand times as long as to show it. One is due
 * when something was measured since it was made, or when the gap, of which the size of the last log follows, is no more about what it was. What
 * somebody decides by is always made anew.
 */
export class KeptForecasts {
  private readonly byId = new Map<string, KeptForecast>();

  /** The newest that was made; null: none yet. */
  newest(id: string): ForecastView | null {
    return this.byId.get(id)?.view ?? null;
  }

  isDue(id: string, ground: ForecastGround, facts: ForecastFacts): boolean {
    const kept = this.byId.get(id);
    return kept === undefined || !holds(kept, ground, facts);
  }

  make(id: string, ground: ForecastGround, facts: ForecastFacts): ForecastView {
    const view = forecastFrom(ground, facts);
    putNewest(this.byId, id, { ground, facts, view }, MOST_KEPT);
    return view;
  }

  /** The newest, made anew where it is due. */
  show(id: string, ground: ForecastGround, facts: ForecastFacts): ForecastView {
    const kept = this.byId.get(id);
    return kept !== undefined && holds(kept, ground, facts) ? kept.view : this.make(id, ground, facts);
  }
}

function holds(kept: KeptForecast, ground: ForecastGround, facts: ForecastFacts): boolean {
  const { facts: made } = kept;
  if (made.checkMode !== facts.checkMode || made.timeFactor !== facts.timeFactor) return false;
  const [then, now] = [gapOf(kept.ground, made), gapOf(ground, facts)];
  if (Math.abs(now - then) > BEHIND.share * then + BEHIND.seconds / facts.timeFactor) return false;
  if (kept.ground !== ground && JSON.stringify(kept.ground) !== JSON.stringify(ground)) return false;
  // The next comparison is one of references: a list makes thousands.
  kept.ground = ground;
  return true;
}

function gapOf({ rounds }: ForecastGround, { gapSeconds, nowMs }: ForecastFacts): number {
  return gapSeconds ?? (nowMs - (rounds.at(-1)?.startedAtMs ?? nowMs)) / 1_000;
}
