import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import type { MeasuredRound } from "./measured-round";

/** What a migration goes through, in order. With Immediate Access only some of it. */
export const PLAN_PARTS = [
  "preflight",
  "full_backup",
  "full_upload",
  "restore",
  "log_backup",
  "log_upload",
  "log_import",
  "rounds",
  "stop_writes",
  "last_log",
  "open",
  "check",
] as const;

export type PlanPart = (typeof PLAN_PARTS)[number];

const IMMEDIATE: readonly PlanPart[] = [
  "preflight",
  "stop_writes",
  "full_backup",
  "full_upload",
  "restore",
  "open",
  "check",
];

/** The parts that a migration goes through, in their order. What is written after the full is lost with Immediate Access. */
export function partsOfMethod(method: MigrationMethod): readonly PlanPart[] {
  return method === "immediate" ? IMMEDIATE : PLAN_PARTS;
}

/** Rates that a person may know better, or that were measured, in bytes a second. */
export const PLAN_RATES = [
  "full_backup",
  "upload",
  "restore",
  "log_backup",
  "log_import",
  "log_growth",
] as const;

export type PlanRate = (typeof PLAN_RATES)[number];
export type PlanRates = Partial<Record<PlanRate, number | undefined>>;

/** Where the length of a part comes from: a person, what was measured, or what is believed beforehand. */
export const PLAN_BASES = ["typed", "measured", "prior"] as const;
export type PlanBasis = (typeof PLAN_BASES)[number];

export interface PlanInput {
  /** When the migration is started, milliseconds since 1970. */
  startMs: number;
  method: MigrationMethod;
  /** With Immediate Access: whether writes stop before the full. Absent or true: they do; false: what is written from then on is lost. */
  writesStop?: boolean;
  checkMode: CheckMode;
  /** What the database holds: read by the backup, written by the restore. */
  databaseBytes: number;
  /** The file of the full backup, which is uploaded. */
  fullBytes: number;
  /** Above this a log is not the last one. */
  limitBytes: number;
  /** Typed in, bytes a second; what is absent is measured, or a prior. */
  rates: PlanRates;
  /** From the source's own history and counters, bytes a second. */
  measured?: PlanRates;
  /** Files that went into a target of this instance: of this migration, or of its rehearsal. */
  rounds?: readonly MeasuredRound[];
  /** How long an opening took there, in seconds. */
  openSeconds?: number | undefined;
  /** Parts whose length is known, in seconds. */
  seconds: Partial<Record<PlanPart, number | undefined>>;
  /** Parts that do not begin before an instant: somebody has to be there, a line is free at night. */
  notBeforeMs: Partial<Record<PlanPart, number | undefined>>;
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor?: number;
  /** How far it is; absent before it has begun. */
  progress?: PlanProgress;
}

/** When a part was under way, milliseconds since 1970; `endMs` null: it still is. */
export interface PartSpan {
  startMs: number;
  endMs: number | null;
}

export interface PlanProgress {
  nowMs: number;
  /** Parts that have begun; null: passed without having been. */
  parts: ReadonlyMap<PlanPart, PartSpan | null>;
  /** Age of the newest data that the target holds; null when unknown. */
  gapSeconds: number | null;
}
