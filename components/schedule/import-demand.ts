import { IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import type { Schedule } from "@/lib/migration/vocabulary/schedule";

/** Of the day's imports: the last log and one more. */
const KEPT_FOR_CUTOVER = 2;

export interface ImportDemand {
  /** Imports that a day of rounds would need; null when a person decides, or when it ends by itself. */
  perDay: number | null;
  fits: boolean;
  /** The shortest interval that leaves the cutover its imports, in minutes; null when the schedule has no interval. */
  shortestMinutes: number | null;
}

/** What a schedule asks of the daily budget. Pure arithmetic: rounds have no other cost in imports than one each. */
export function importDemand(schedule: Schedule): ImportDemand {
  switch (schedule.mode) {
    case "manual":
    case "back_to_back":
      return { perDay: null, fits: true, shortestMinutes: null };
    case "every": {
      const perDay = Math.ceil(1440 / schedule.minutes);
      const room = IMPORTS_PER_DAY - KEPT_FOR_CUTOVER;
      return { perDay, fits: perDay <= room, shortestMinutes: Math.ceil(1440 / room) };
    }
  }
}
