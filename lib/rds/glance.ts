import { isExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsDatabase, RdsTask } from "./rds-account";

/** RDS lists about a week; what is older is asked for by its id. */
const LISTED_MS = 7 * 86_400_000;
/** Clocks of RDS and of this machine need not agree. */
const AHEAD_MS = 60_000;
/** An instance whose list does not have a task that is there is asked by ids for so long. */
const BLIND_MS = 10 * 60_000;

interface Answer<T> {
  /** When it was asked for, so that it never seems newer than it is. */
  atMs: number;
  rows: Promise<readonly T[]>;
}

interface Board {
  tasks?: Answer<RdsTask>;
  databases?: Answer<RdsDatabase>;
  blindUntilMs: number;
}

/** Of an account, by instance. */
const boards = new WeakMap<object, Map<string, Board>>();

/** How old an answer may be, by the clock of who asks: `nowMs` is that clock. */
interface Glance {
  instanceId: string;
  nowMs: number;
  oldMs: number;
}

/**
 * A task as the list of its instance has it, which is asked for once for all who ask meanwhile. To see that nothing has changed; what has is
 * asked for by its id before anything is done. Null: the list does not have it, or is not to be had: RDS documents it for a week and for
 * full backups, and not for every edition. Throws ExternalError where RDS can't be asked now.
 * https://www.alibabacloud.com/help/en/rds/apsaradb-rds-for-sql-server/api-rds-2014-08-15-describemigratetasks-sqlserver
 */
export async function glanceAtTask(
  rds: Pick<RdsAccount, "listTasks">,
  { taskId, ...glance }: Glance & { taskId: string },
): Promise<RdsTask | null> {
  const { instanceId, nowMs } = glance;
  const board = boardOf(rds, instanceId);
  if (nowMs < board.blindUntilMs) return null;
  const from = new Date(nowMs - LISTED_MS).toISOString();
  const to = new Date(nowMs + AHEAD_MS).toISOString();
  board.tasks = fresh(board.tasks, glance) ?? {
    atMs: nowMs,
    rows: rds.listTasks({ instanceId, from, to }).catch(noneUnlessAway),
  };
  const found = (await board.tasks.rows).find((task) => task.taskId === taskId) ?? null;
  if (found === null) board.blindUntilMs = nowMs + BLIND_MS;
  return found;
}

/** The databases of an instance, asked for once for all who ask meanwhile. Throws ExternalError. */
export async function glanceAtDatabases(
  rds: Pick<RdsAccount, "listDatabases">,
  glance: Glance,
): Promise<readonly RdsDatabase[]> {
  const board = boardOf(rds, glance.instanceId);
  board.databases = fresh(board.databases, glance) ?? {
    atMs: glance.nowMs,
    rows: rds.listDatabases(glance.instanceId),
  };
  return board.databases.rows;
}

function boardOf(account: object, instanceId: string): Board {
  const known = boards.get(account) ?? new Map<string, Board>();
  boards.set(account, known);
  const board = known.get(instanceId) ?? { blindUntilMs: Number.NEGATIVE_INFINITY };
  known.set(instanceId, board);
  return board;
}

/** A clock that was set back makes no answer young. */
function fresh<T>(answer: Answer<T> | undefined, { nowMs, oldMs }: Glance): Answer<T> | null {
  const ageMs = answer === undefined ? Number.POSITIVE_INFINITY : nowMs - answer.atMs;
  return answer !== undefined && ageMs >= 0 && ageMs < oldMs ? answer : null;
}

/** Who may not list, or whose edition has no list, asks by ids; who is throttled shall not ask the more. */
function noneUnlessAway(error: unknown): readonly RdsTask[] {
  if (!isExternalError(error)) throw error;
  const { kind } = error.fields;
  if (kind === "throttled" || kind === "timeout" || kind === "unavailable" || kind === "auth") throw error;
  return [];
}
