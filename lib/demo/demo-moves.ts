import type { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import type { HookWish } from "@/lib/migration/cutover-hook";
import { HOOK_MOMENTS } from "@/lib/migration/vocabulary/hook-moment";
import { blockingAlarm, unreadFile } from "./demo-blocker";
import type { DemoKind } from "./demo-draft";

export type DemoMove =
  | { type: "wait" }
  | { type: "end" }
  | { type: "act"; action: MigrationAction }
  | { type: "backup_by_hand"; what: HandMade };

/** What the DBA does on the server: `mistake` is a full under a log's name, `swapped` two logs of which the second arrives first. */
export type HandMade = "full" | "differential" | "log" | "mistake" | "swapped";

const WAIT: DemoMove = { type: "wait" };

/**
 * What the person at the page does next: full, differential, two logs, cutover; and back, where the cutover gets stuck while
 * production stands still. Derived from what is there, and from how often a cutover was taken back already.
 */
export function nextMove(view: MigrationView, kind: DemoKind, takenBack = 0): DemoMove {
  if (view.status === "succeeded" || view.status === "cancelled") return { type: "end" };
  if (takenBack > (kind.again ? 1 : 0) && view.cutover === null) return { type: "end" };
  if (isStuckWithWritesStopped(view)) return { type: "act", action: { type: "go_back" } };
  if (view.status === "failed" || view.status === "unknown") return { type: "end" };
  if (view.timelines.length > 0 || blockingAlarm(view) !== null) return { type: "end" };
  if (unreadFile(view) !== null) return { type: "end" };
  if (view.cutover !== null) return stuckInCutover(view) ? { type: "end" } : WAIT;
  switch (kind.by) {
    case "app":
      return moveOfApp(view, kind);
    case "dba":
      return moveOfDba(view, kind);
    case "files":
      return moveOfFiles(view, kind.deadline);
  }
}

/** How often a step may fail in a row before this person gives the source back. */
const PATIENCE_TRIES = 4;

function isStuckWithWritesStopped(view: MigrationView): boolean {
  if (view.custody?.standing !== "held" || !view.allowed.includes("go_back")) return false;
  const tried = view.steps.some(
    ({ status, failure, attempt }) => status === "retrying" && failure !== null && attempt >= PATIENCE_TRIES,
  );
  return tried || view.status === "failed";
}

function stuckInCutover(view: MigrationView): boolean {
  return view.status === "waiting_for_user" && view.needs?.key === "file_refused";
}

function isLog({ type }: { type: string | null }): boolean {
  return type === "log";
}

function isLeftOut({ state }: { state: string }): boolean {
  return state === "refused" || state === "skipped";
}

function imported(view: MigrationView, type: "full" | "differential" | "log"): number {
  return view.files.filter((file) => file.type === type && file.state === "imported").length;
}

function cutover(
  view: MigrationView,
  stopWrites: "restricted_user" | "operator",
  limit: DemoKind["deadline"],
  holds?: true,
): DemoMove {
  const confirmName = view.target.database ?? "";
  const minutes = limit === "by_forecast" ? roomyMinutes(view) : limit;
  const deadline = minutes === undefined ? {} : { deadline: { minutes, after: "take_back" as const } };
  const hold = holds ? { hold: { by: "person" as const } } : {};
  return {
    type: "act",
    action: { type: "cutover", stopWrites, checkMode: "async", confirmName, ...deadline, ...hold },
  };
}

/** As a careful person allows: well above the forecast, which a machine that is busy may pass by some seconds. */
const ROOM = 3;
const LEAST_SECONDS = 15;

function roomyMinutes({ forecast }: MigrationView): number {
  const seconds = Math.max(LEAST_SECONDS, ROOM * (forecast?.downtimeSeconds.p90 ?? 0));
  return Math.ceil((seconds / 60) * 100) / 100;
}

/** Asked at every gate and told of everything; whoever is not let on takes the cutover back. */
function wishOf({ url, secret }: NonNullable<DemoKind["hook"]>): HookWish {
  const once = { otherwise: "stop", timeoutSeconds: 5, waitMinutes: 1 } as const;
  return { url, secret, moments: [...HOOK_MOMENTS], ...once };
}

function moveOfApp(view: MigrationView, { deadline, holds, hook }: DemoKind): DemoMove {
  // More may be asked for while RDS restores; this person waits for each file.
  if (!view.allowed.includes("take_log") || view.status !== "waiting_for_user") {
    const refusedFull =
      view.status === "waiting_for_user" &&
      view.needs?.key === "file_refused" &&
      imported(view, "full") === 0;
    return refusedFull ? { type: "end" } : WAIT;
  }
  // Somebody's full is the base of any new differential: only the logs still reach from ours.
  const isBaseLost = view.files.some((file) => file.type === "differential" && isLeftOut(file));
  const isHole = view.conditions.some(({ key, state }) => key === "hole_bridged" && state !== "met");
  const bridge =
    isHole || view.files.some((file) => file.state === "refused") || imported(view, "differential") === 0;
  if (bridge && !isBaseLost) {
    return { type: "act", action: { type: "take_backup", backup: "differential" } };
  }
  if (imported(view, "log") < 2) return { type: "act", action: { type: "take_backup", backup: "log" } };
  if (hook && view.hook === null) return { type: "act", action: { type: "set_hook", hook: wishOf(hook) } };
  if (view.armed === null) return cutover(view, "restricted_user", deadline, holds);
  // Rounds go on while it is held; then this person lets it begin.
  if (imported(view, "log") < 3) return { type: "act", action: { type: "take_backup", backup: "log" } };
  return { type: "act", action: { type: "release_hold" } };
}

function moveOfDba(view: MigrationView, { mishap, deadline }: DemoKind): DemoMove {
  if (view.status !== "waiting_for_backup") return WAIT;
  const refused = view.files.find((file) => file.state === "refused");
  const skipped = view.files.filter((file) => file.state === "skipped").length;
  if (imported(view, "full") === 0) return { type: "backup_by_hand", what: "full" };
  if (imported(view, "differential") === 0) return { type: "backup_by_hand", what: "differential" };
  const logs = imported(view, "log");
  if (mishap === "wrong-order" && logs < 2) {
    // Refused until the one before it is there; then both go in by themselves.
    return view.files.some(isLog) ? WAIT : { type: "backup_by_hand", what: "swapped" };
  }
  if (logs === 0) return { type: "backup_by_hand", what: "log" };
  if (mishap === "full-instead-of-log" && logs === 1 && !refused && skipped === 0)
    return { type: "backup_by_hand", what: "mistake" };
  if (refused && logs >= 2) return { type: "act", action: { type: "skip_file", fileId: refused.id } };
  if (logs < 3) return { type: "backup_by_hand", what: "log" };
  return cutover(view, "operator", deadline);
}

function holdsMoreThanOne({ state, verdict }: MigrationView["files"][number]): boolean {
  return state === "failed" && verdict?.kind === "several-sets";
}

function moveOfFiles(view: MigrationView, deadline: DemoKind["deadline"]): DemoMove {
  if (view.status !== "waiting_for_backup") return WAIT;
  const refused = view.files.find((file) => file.state === "refused");
  if (imported(view, "full") === 0) return { type: "end" };
  // Logs in a file that RDS cannot take are missing: opened now, the database would be without them.
  if (view.files.some(holdsMoreThanOne)) return { type: "end" };
  if (!refused) return cutover(view, "operator", deadline);
  // Files of another chain are left out; a hole in this one is for a person to fill, and so is what nobody can place.
  if (refused.verdict?.kind === "gap" || refused.verdict?.kind === "ambiguous") return { type: "end" };
  return { type: "act", action: { type: "skip_file", fileId: refused.id } };
}
