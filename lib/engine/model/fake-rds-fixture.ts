import { only } from "@/lib/context/open-test-ctx";
import { ExternalError, type ExternalErrorFields } from "@/lib/diagnosis/external-error";
import { isFailedFile } from "@/lib/rds/failed-file";
import type { ImportRequest, RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";

export const MINUTE_MS = 60_000;

/** What becomes of the next call that changes something. */
export const CALL_FAULTS = [
  "lost_before",
  "lost_after",
  "late",
  "throttled",
  "denied",
  "busy",
  "broken_off",
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** How long RDS is not itself. */
export const RDS_WEATHERS = [
  "outage",
  "token_expired",
  "suspended",
  "forgotten",
  "lists_no_files",
  "lag",
] as const;
export type RdsWeather = (typeof RDS_WEATHERS)[number];

export function failureOf(
  system: ExternalErrorFields["system"],
  kind: ExternalErrorFields["kind"],
  providerCode: string | null,
  mayHaveHappened = false,
): ExternalError {
  const words = { providerMessage: providerCode ?? "no answer", providerRequestId: null };
  return new ExternalError({ system, kind, providerCode, ...words, mayHaveHappened });
}

const ERRORS = {
  lost: failureOf("rds", "timeout", null, true),
  throttled: failureOf("rds", "throttled", "Throttling.User"),
  denied: failureOf("rds", "forbidden", "Forbidden.RAM"),
  busy: failureOf("rds", "conflict", "OperationDenied.DBInstanceStatus"),
  outage: failureOf("rds", "unavailable", "InternalError"),
  token: failureOf("rds", "auth", "InvalidSecurityToken.Expired"),
  missing: failureOf("rds", "not_found", "InvalidMigrateTask"),
  refused: failureOf("rds", "conflict", "IncorrectTaskStatus"),
  unsupported: failureOf("rds", "invalid", "EngineVersionNotSupported"),
} as const;

interface Entry {
  key: string;
  set: BackupSetSpec | null;
  takenMs: number;
  status: RdsFile["status"];
}

interface Task {
  taskId: string;
  database: string;
  createdMs: number;
  status: RdsTask["status"];
  entries: Entry[];
  /** What the database holds; null: nothing yet. */
  lsn: bigint | null;
  baseGuid: string | null;
  openedMs: number | null;
  tokens: Set<string>;
  verdict: "sound" | "errors";
}

/** RDS as far as a migration sees it, and a record of what it should never have been asked. */
export class FakeRds {
  readonly wrongs: string[] = [];
  readonly tasks: Task[] = [];
  /** Of the next call that changes something. */
  fault: CallFault | null = null;
  /** Until when, milliseconds. */
  private readonly weather = new Map<RdsWeather, number>();
  /** Calls that are still on their way: nobody waits for their answer any more. */
  private under: { atMs: number; arrive: () => void }[] = [];
  /** The next file that is restored comes to nothing. */
  failsNext = false;
  verdict: Task["verdict"] = "sound";

  constructor(
    private readonly now: () => number,
    private readonly setOf: (key: string) => BackupSetSpec | null,
  ) {}

  set(weather: RdsWeather, untilMs: number): void {
    this.weather.set(weather, untilMs);
  }

  /** Everything as it should be from here on. */
  calm(): void {
    this.weather.clear();
    this.fault = null;
    this.failsNext = false;
  }

  private is(weather: RdsWeather): boolean {
    return this.now() < (this.weather.get(weather) ?? 0);
  }

  isOpenedByOthers = false;

  /** Somebody opens the database in the console. */
  openByOthers(): void {
    this.catchUp();
    const task = this.tasks.at(-1);
    if (task?.status !== "waiting_for_backup") return;
    this.isOpenedByOthers = true;
    this.beginOpening(task);
  }

  /** DBStatus of the target; null: there is none. */
  databaseStatus(): "Running" | "Restoring" | null {
    this.catchUp();
    const task = this.tasks.findLast(({ status }) => status !== "failed");
    if (!task) return null;
    return task.status === "succeeded" ? "Running" : "Restoring";
  }

  /** What DBCC CHECKDB found in the target. */
  verdictOfTarget(): Task["verdict"] | null {
    return this.tasks.findLast(({ status }) => status === "succeeded")?.verdict ?? null;
  }

  /** Whether RDS has taken this file and not given it up. */
  holds(key: string): boolean {
    this.catchUp();
    return this.tasks.some((task) => task.entries.some((entry) => entry.key === key && isLiving(entry)));
  }

  /** The task that has a file; null: none. */
  taskOf(key: string): string | null {
    return this.tasks.findLast((task) => task.entries.some((entry) => entry.key === key))?.taskId ?? null;
  }

  /** What has come to its time since anybody looked. */
  catchUp(): void {
    const due = this.under.filter(({ atMs }) => atMs <= this.now()).sort((a, b) => a.atMs - b.atMs);
    this.under = this.under.filter((one) => !due.includes(one));
    for (const { arrive } of due) arrive();
    for (const task of this.tasks) {
      for (const entry of task.entries) this.restore(task, entry);
      if (task.openedMs !== null && task.status === "running" && this.now() - task.openedMs >= MINUTE_MS)
        task.status = "succeeded";
    }
  }

  private restore(task: Task, entry: Entry): void {
    const { set } = entry;
    if (entry.status !== "restoring" || this.now() - entry.takenMs < 2 * MINUTE_MS) return;
    const fits = set !== null && !this.failsNext && continues(task, set);
    this.failsNext = false;
    entry.status = fits ? "restored" : "restore_failed";
    if (fits) {
      if (task.lsn !== null && set.lastLsn < task.lsn) this.wrongs.push("the target's LSN fell");
      task.lsn = set.lastLsn;
      if (set.type === "full") task.baseGuid = set.backupSetGuid ?? null;
    }
    task.status = task.lsn === null ? "failed" : "waiting_for_backup";
  }

  private take(request: ImportRequest): string {
    const { databaseName: database, object, taskId } = request;
    const task = taskId === null ? null : this.tasks.find((one) => one.taskId === taskId);
    // More than the real one: whoever asks twice is not to be saved by a refusal.
    const takesFiles = task?.status === "waiting_for_backup" || task?.status === "running";
    if (taskId !== null && (!takesFiles || task?.openedMs !== null)) throw ERRORS.refused;
    if (this.holds(object.key)) this.wrongs.push(`${object.key} was accepted twice`);
    const created: Task = task ?? {
      taskId: String(100 + this.tasks.length),
      database,
      createdMs: this.now(),
      status: "running",
      entries: [],
      lsn: null,
      baseGuid: null,
      openedMs: null,
      tokens: new Set(),
      verdict: this.verdict,
    };
    if (!task) this.tasks.push(created);
    created.status = "running";
    created.entries.push({
      key: object.key,
      set: this.setOf(object.key),
      takenMs: this.now(),
      status: "restoring",
    });
    return created.taskId;
  }

  private open(taskId: string, token: string): void {
    const task = this.tasks.find((one) => one.taskId === taskId);
    if (!task) throw ERRORS.missing;
    if (task.tokens.has(token)) return;
    if (task.status !== "waiting_for_backup") throw ERRORS.refused;
    if (task.openedMs !== null) this.wrongs.push("the database was opened twice");
    task.tokens.add(token);
    this.beginOpening(task);
  }

  private beginOpening(task: Task): void {
    task.openedMs = this.now();
    task.status = "running";
    task.verdict = this.verdict;
  }

  /** A call that changes something, with whatever befalls it. */
  private change<T>(work: () => T): T {
    this.catchUp();
    const { fault } = this;
    this.fault = null;
    this.assertAnswers();
    switch (fault) {
      case null:
        return work();
      case "lost_before":
      case "broken_off":
        throw ERRORS.lost;
      case "lost_after":
        work();
        throw ERRORS.lost;
      case "late":
        this.under.push({ atMs: this.now() + MINUTE_MS / 2, arrive: () => quietly(work) });
        throw ERRORS.lost;
      case "throttled":
      case "denied":
      case "busy":
        throw ERRORS[fault];
    }
  }

  private assertAnswers(): void {
    if (this.is("outage")) throw ERRORS.outage;
    if (this.is("token_expired")) throw ERRORS.token;
  }

  private look<T>(answer: () => T): T {
    this.catchUp();
    this.assertAnswers();
    return answer();
  }

  private asTask(task: Task): RdsTask {
    const over = task.openedMs !== null && this.now() - task.openedMs > 3 * MINUTE_MS;
    const verdict =
      task.verdict === "sound"
        ? "Success to DBCC checkdb asynchronously."
        : "asynchronously DBCC checkdb failed: CHECKDB found 0 allocation errors and 2 consistency errors in table 'Orders' (object ID 12).";
    return {
      taskId: task.taskId,
      databaseName: task.database,
      method: "access_pending",
      status: this.is("suspended") ? "other" : task.status,
      providerStatus: this.is("suspended") ? "Suspended" : task.status,
      createdAt: new Date(task.createdMs).toISOString(),
      endedAt: null,
      databaseReplaced: false,
      description: task.status === "succeeded" && over ? verdict : "",
    };
  }

  /** What is so young that the lists, which are some seconds behind, do not have it. */
  private isListed(sinceMs: number): boolean {
    return !this.is("lag") || this.now() - sinceMs >= MINUTE_MS / 2;
  }

  /** The adapter of one process; `gate` is passed before and after each call. */
  account(gate: (where: string) => Promise<void>): RdsAccount {
    const call = async <T>(where: string, work: () => T): Promise<T> => {
      await gate(where);
      const result = work();
      await gate(`${where} answered`);
      return result;
    };
    return only<RdsAccount>({
      createImport: (request) =>
        call("createImport", () => ({ taskId: this.change(() => this.take(request)), requestId: "R" })),
      openDatabase: ({ taskId, clientToken }) =>
        call("openDatabase", () => {
          this.change(() => this.open(taskId, clientToken));
          return { requestId: "R" };
        }),
      findTask: ({ taskId }) =>
        call("findTask", () =>
          this.look(() => {
            const task = this.tasks.find((one) => one.taskId === taskId);
            return task && !this.is("forgotten") ? this.asTask(task) : null;
          }),
        ),
      listTasks: () =>
        call("listTasks", () =>
          this.look(() =>
            this.is("forgotten")
              ? []
              : this.tasks
                  .filter(({ createdMs }) => this.isListed(createdMs))
                  .map((task) => this.asTask(task)),
          ),
        ),
      listFiles: ({ taskId }) =>
        call("listFiles", () =>
          this.look(() => {
            if (this.is("lists_no_files")) throw ERRORS.unsupported;
            const task = this.tasks.find((one) => one.taskId === taskId);
            if (!task || this.is("forgotten")) throw ERRORS.missing;
            return task.entries.filter(({ takenMs }) => this.isListed(takenMs)).map(asFile);
          }),
        ),
      listDatabases: () =>
        call("listDatabases", () =>
          this.look(() => {
            const status = this.databaseStatus();
            const name = this.tasks.at(-1)?.database ?? "";
            return status === null ? [] : [{ name, status, collation: null }];
          }),
        ),
    });
  }
}

function isLiving(entry: Entry): boolean {
  return !isFailedFile(entry.status);
}

function asFile({ key, status, takenMs }: Entry): RdsFile {
  return {
    fileName: key.slice(key.lastIndexOf("/") + 1),
    sizeBytes: 1,
    type: "log",
    status,
    providerStatus: status,
    createdAt: new Date(takenMs).toISOString(),
    endedAt: null,
    description: "",
  };
}

function continues(task: Task, set: BackupSetSpec): boolean {
  if (set.type === "full") return task.lsn === null;
  if (task.lsn === null || set.lastLsn <= task.lsn) return false;
  return set.type === "log" ? set.firstLsn <= task.lsn : set.differentialBaseGuid === task.baseGuid;
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nobody waits for the answer.
  }
}
