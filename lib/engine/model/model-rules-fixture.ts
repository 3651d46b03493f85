import { isDeepStrictEqual } from "node:util";
import { isOpenStep } from "@/lib/migration/snapshot";
import type { Status } from "@/lib/migration/vocabulary/status";
import { freshSummary, summarise } from "@/lib/plan/kept-summary";
import { planNext } from "@/lib/plan/plan-next";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { standingOf } from "@/lib/plan/standing";
import { ofKind } from "@/lib/plan/step-definitions";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { ModelWorld } from "./model-world-fixture";

const DAY_MS = 24 * 3_600_000;

/** What must hold at any moment, whatever happened before. */
export class ModelRules {
  private reachedLsn = 0n;

  /** Throws with every rule that is broken. */
  async check(world: ModelWorld): Promise<void> {
    const row = await world.rows();
    const broken = [
      ...world.rds.wrongs,
      ...world.errors.map((error) => `an error of ours: ${told(error)}`),
      ...this.ofSource(world, row),
      ...this.ofTarget(world, row),
      ...ofWaiting(world, row),
      ...ofSummary(world, row),
    ];
    if (broken.length > 0) throw new Error(`${broken.join("\n")}\n${describeSteps(row)}`);
  }

  private ofSource({ source }: ModelWorld, row: MigrationRows): string[] {
    if (!source.isClosed || row.custody !== null) return [];
    return [`the source is ${source.state}/${source.userAccess}, and no custody is shown (${row.status})`];
  }

  private ofTarget({ rds }: ModelWorld, row: MigrationRows): string[] {
    const broken: string[] = [];
    const lsn = BigInt(row.targetLsn ?? 0);
    if (lsn < this.reachedLsn) broken.push(`the recorded LSN of the target fell to ${lsn}`);
    if (lsn > this.reachedLsn) this.reachedLsn = lsn;
    const isOnline = rds.databaseStatus() === "Running";
    if (row.onlineAt !== null && !isOnline) broken.push("said to be online, and the target does not answer");
    if (row.status === "succeeded" && !isOnline) broken.push("green, and the target does not answer");
    if (row.status === "succeeded" && rds.verdictOfTarget() === "errors")
      broken.push("green, and DBCC CHECKDB found errors");
    return broken;
  }
}

/** A live migration is looked at again, waits for something outside with a limit, or says what a person must do. */
function ofWaiting(world: ModelWorld, row: MigrationRows): string[] {
  const snapshot = snapshotOf(row);
  const nowMs = world.clock.at.getTime();
  const standing = standingOf(snapshot, nowMs);
  if (standing.status === "cancelled" || standing.status === "succeeded") return [];
  const broken: string[] = [];
  // That one runs which waited before is told with what comes of it.
  if (isStanding(standing.status) !== isStanding(row.status))
    broken.push(`the row says ${row.status}, its steps say ${standing.status}`);
  if (planNext(snapshot, nowMs).length > 0) broken.push("something follows and was not planned");
  const open = row.steps.filter(isOpenStep);
  const wakes = open.filter(({ status }) => status !== "failed" && status !== "unknown");
  for (const { kind, status, dueAt, error } of wakes) {
    if (dueAt !== null && dueAt.getTime() - nowMs > DAY_MS) broken.push(`${kind} is looked at in days only`);
    if (status === "waiting_external" && error === null && ofKind(kind).limitMs === undefined)
      broken.push(`${kind} waits for RDS without a limit`);
  }
  if (wakes.length === 0 && standing.needs === null)
    broken.push(`nothing wakes it, and nobody is asked for anything (${standing.status}, ${standing.phase})`);
  return broken;
}

/** What is kept for the list of all is what the rows say, where it claims to be of their version. */
function ofSummary(world: ModelWorld, row: MigrationRows): string[] {
  const nowMs = world.clock.at.getTime();
  const kept = freshSummary(row, nowMs);
  if (kept === null) return [];
  const { untilMs: _, ...says } = kept;
  const { untilMs: __, ...is } = summarise(row, nowMs);
  return isDeepStrictEqual(says, is)
    ? []
    : [`the list says ${JSON.stringify(says)}, the rows say ${JSON.stringify(is)}`];
}

const STANDS: readonly Status[] = ["failed", "unknown", "succeeded", "cancelled"];

/** Nothing goes on by itself: the status; else that it does. */
function isStanding(status: Status): Status | "goes_on" {
  return STANDS.includes(status) ? status : "goes_on";
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
}

/** How the migration stands, for who reads of a broken rule. */
export function describeSteps({ status, custody, release, cutover, files, steps }: MigrationRows): string {
  const at = JSON.stringify({
    status,
    custody: custody?.how,
    release: release?.why,
    cutover: cutover?.stopWrites,
  });
  const rows = steps.map(
    (step) => `  ${step.key} ${step.status} ${step.claimedBy ?? ""} ${step.error?.reason ?? ""}`,
  );
  return [at, ...files.map(({ name, state }) => `  ${name} ${state}`), ...rows].join("\n");
}
