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
export interface ForecastSlack {
  share: number;
  seconds: number;
}

/** Of who looks at a few migrations. */
const SLACK: ForecastSlack = { share: 0.1, seconds: 30 };
/** Of who looks at hundreds, of which nobody reads one to the minute: half as many are made. */
export const SLACK_OF_MANY: ForecastSlack = { share: 0.2, seconds: 60 };
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

  /** Whether the newest is further behind than `slack` allows, or there is none. */
  isDue(id: string, ground: ForecastGround, facts: ForecastFacts, slack = SLACK): boolean {
    const kept = this.byId.get(id);
    return kept === undefined || !holds(kept, ground, facts, slack);
  }

  make(id: string, ground: ForecastGround, facts: ForecastFacts): ForecastView {
    const view = forecastFrom(ground, facts);
    putNewest(this.byId, id, { ground, facts, view }, MOST_KEPT);
    return view;
  }

  /** The newest, made anew where it is due. */
  show(id: string, ground: ForecastGround, facts: ForecastFacts): ForecastView {
    const kept = this.byId.get(id);
    return kept !== undefined && holds(kept, ground, facts, SLACK) ? kept.view : this.make(id, ground, facts);
  }
}

function holds(
  kept: KeptForecast,
  ground: ForecastGround,
  facts: ForecastFacts,
  slack: ForecastSlack,
): boolean {
  const { facts: made } = kept;
  if (made.checkMode !== facts.checkMode || made.timeFactor !== facts.timeFactor) return false;
  const [then, now] = [gapOf(kept.ground, made), gapOf(ground, facts)];
  if (Math.abs(now - then) > slack.share * then + slack.seconds / facts.timeFactor) return false;
  if (kept.ground !== ground && JSON.stringify(kept.ground) !== JSON.stringify(ground)) return false;
  // The next comparison is one of references: a list makes thousands.
  kept.ground = ground;
  return true;
}

function gapOf({ rounds }: ForecastGround, { gapSeconds, nowMs }: ForecastFacts): number {
  return gapSeconds ?? (nowMs - (rounds.at(-1)?.startedAtMs ?? nowMs)) / 1_000;
}
