import type { KnownPart, PlanWishes } from "@/lib/contracts/plan-wishes";

/** What a person types beside a plan, as it stands in the fields. */
export interface PlanFields {
  /** `2026-06-14T22:30` in the viewer's zone, or empty: as early as it goes. */
  cutover: string;
  /** The same; empty: now. */
  start: string;
  /** MB (10^6 bytes) a second; the log's growth a minute. Empty: as measured, or as is usual. */
  upload: string;
  restore: string;
  growth: string;
  /** GB (10^9 bytes); empty: as the source says. */
  size: string;
  parts: Partial<Record<PlannedPart, PartFields>>;
}

export interface PartFields {
  minutes: string;
  notBefore: string;
}

export type PlannedPart = keyof PlanWishes["parts"];

export const PLAN_RATES = ["upload", "restore", "growth"] as const;
const RATES = { upload: "upload", restore: "restore", growth: "log_growth" } as const;

const MB = 1_000_000;
const GB = 1_000_000_000;
const UNIT = { upload: MB, restore: MB, growth: MB / 60 } as const;
const MOST_MINUTES = 100_000;

/** The fields that hold something which is no number above 0, or no instant. */
export function wrongFields(fields: PlanFields): string[] {
  const numbers = [...PLAN_RATES, "size"] as const;
  const wrong = numbers.filter((field) => fields[field].trim() !== "" && readNumber(fields[field]) === null);
  const instants = (["cutover", "start"] as const).filter(
    (field) => fields[field] !== "" && Number.isNaN(Date.parse(fields[field])),
  );
  const parts = partsOf(fields.parts).flatMap(([part, { minutes }]) =>
    minutes.trim() !== "" && readMinutes(minutes) === null ? [part] : [],
  );
  return [...instants, ...wrong, ...parts];
}

/** What the draft keeps of the fields. Those that are wrong are left out. */
export function wishesOf(fields: PlanFields): PlanWishes {
  const size = readNumber(fields.size);
  return {
    startAt: readInstant(fields.start),
    cutoverAt: readInstant(fields.cutover),
    databaseBytes: size === null ? null : size * GB,
    rates: Object.fromEntries(
      PLAN_RATES.flatMap((field) => {
        const value = readNumber(fields[field]);
        return value === null ? [] : [[RATES[field], value * UNIT[field]]];
      }),
    ),
    parts: Object.fromEntries(
      partsOf(fields.parts).flatMap(([part, own]): [string, KnownPart][] => {
        const known = { minutes: readMinutes(own.minutes), notBefore: readInstant(own.notBefore) };
        return known.minutes === null && known.notBefore === null ? [] : [[part, known]];
      }),
    ),
  };
}

/** The fields as a draft left them. */
export function fieldsOf({ startAt, cutoverAt, databaseBytes, rates, parts }: PlanWishes): PlanFields {
  const number = (value: number | undefined, unit: number) =>
    value === undefined ? "" : String(Math.round((value / unit) * 1000) / 1000);
  return {
    cutover: fieldInstant(cutoverAt),
    start: fieldInstant(startAt),
    upload: number(rates.upload, UNIT.upload),
    restore: number(rates.restore, UNIT.restore),
    growth: number(rates.log_growth, UNIT.growth),
    size: number(databaseBytes ?? undefined, GB),
    parts: Object.fromEntries(
      partsOf(parts).map(([part, { minutes, notBefore }]) => [
        part,
        { minutes: minutes === null ? "" : String(minutes), notBefore: fieldInstant(notBefore) },
      ]),
    ),
  };
}

function partsOf<P extends object>(parts: P): [PlannedPart, NonNullable<P[keyof P]>][] {
  return Object.entries(parts) as [PlannedPart, NonNullable<P[keyof P]>][];
}

/** An instant as `datetime-local` has it, in the viewer's zone. */
function fieldInstant(at: string | null): string {
  if (at === null) return "";
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function readInstant(text: string): string | null {
  const ms = text === "" ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** A number above 0 with a point or a comma; null for anything else. */
function readNumber(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value > 0 && value <= 1_000_000 ? value : null;
}

/** The same, or 0: a part may take no time at all. */
function readMinutes(text: string): number | null {
  return /^0+([.,]0*)?$/.test(text.trim()) ? 0 : limited(readNumber(text));
}

function limited(minutes: number | null): number | null {
  return minutes === null || minutes > MOST_MINUTES ? null : minutes;
}
