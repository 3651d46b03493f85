import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { lsnOf } from "@/lib/backup/lsn";
import { only } from "@/lib/context/open-test-ctx";
import type { UserAccess } from "@/lib/diagnosis/user-access";
import type { SourceFacts } from "@/lib/sqlserver/source-facts";
import type {
  ServerIdentity,
  SourceBackupRequest,
  SourceBackupRow,
  SourceDatabase,
  SourceServer,
} from "@/lib/sqlserver/source-server";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { stableGuid } from "@/sandbox/backup-writer/stable-guid";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import type { CallFault } from "./fake-rds-fixture";
import { failureOf } from "./fake-rds-fixture";

const DATABASE = "Sales";
const ERRORS = {
  lost: failureOf("sql_server", "unavailable", "ESOCKET", true),
  away: failureOf("sql_server", "unavailable", "ESOCKET"),
  denied: failureOf("sql_server", "forbidden", "262"),
  closed: failureOf("sql_server", "conflict", "3159"),
} as const;

/** One database on a SQL Server: its state, its log, its history of backups, and the folder that they are written to. */
export class FakeSource {
  state: "ONLINE" | "RESTORING" = "ONLINE";
  userAccess: UserAccess = "MULTI_USER";
  fault: CallFault | null = null;
  private awayUntilMs = 0;
  private readonly rows: SourceBackupRow[] = [];
  private log = 520;
  private nextLogFirst = lsnOf(37, 504, 37);
  private base: { guid: string; lsn: bigint } | null = null;
  /** Files by the path they were written to. */
  readonly sets = new Map<string, BackupSetSpec>();
  /** A backup whose connection broke and that goes on. */
  private running: { untilMs: number; finish: () => void } | null = null;

  constructor(
    private readonly now: () => number,
    private readonly folder: string,
  ) {}

  goAway(untilMs: number): void {
    this.awayUntilMs = untilMs;
  }

  calm(): void {
    this.awayUntilMs = 0;
    this.fault = null;
  }

  /** Whether anybody who may use it at other times is kept out. */
  get isClosed(): boolean {
    return this.state !== "ONLINE" || this.userAccess !== "MULTI_USER";
  }

  /** A backup of the kind as anybody takes one: the path of the file in the folder. */
  takeBackup(kind: "full" | "differential" | "log", name: string | null, noRecovery = false): BackupSetSpec {
    this.log += 20;
    const lastLsn = lsnOf(37, this.log, 1);
    const checkpointLsn = lsnOf(37, this.log - 16, 37);
    const firstLsn = kind === "log" ? this.nextLogFirst : checkpointLsn;
    const backupSetGuid = stableGuid("model", String(this.rows.length));
    const set: BackupSetSpec = {
      type: kind,
      databaseName: DATABASE,
      firstLsn,
      lastLsn,
      checkpointLsn,
      backupSetGuid,
      payloadBytes: 64,
      tail: noRecovery,
      ...(kind === "differential" && this.base
        ? { differentialBaseGuid: this.base.guid, differentialBaseLsn: this.base.lsn }
        : {}),
    };
    if (kind === "log") this.nextLogFirst = lastLsn;
    if (kind === "full") this.base = { guid: backupSetGuid, lsn: checkpointLsn };
    if (noRecovery) this.state = "RESTORING";
    const at = new Date(this.now()).toISOString().slice(0, 23);
    this.rows.push({
      name,
      kind,
      database: DATABASE,
      startedAtLocal: at,
      finishedAtLocal: at,
      firstLsn: firstLsn.toString(),
      lastLsn: lastLsn.toString(),
      checkpointLsn: checkpointLsn.toString(),
      databaseBackupLsn: null,
      differentialBaseGuid: set.differentialBaseGuid ?? null,
      backupSetGuid,
      sizeBytes: 1,
      compressedSizeBytes: null,
      copyOnly: false,
      tail: noRecovery,
      userName: null,
      path: null,
    });
    return set;
  }

  /** Whether msdb knows a backup of this name. */
  hasTaken(name: string): boolean {
    return this.rows.some((row) => row.name === name);
  }

  private write(request: SourceBackupRequest): void {
    const set = this.takeBackup(request.kind, request.name, request.noRecovery === true);
    const path = `${this.folder}/${request.path.slice(request.path.lastIndexOf("\\") + 1)}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytesOf(set));
    this.sets.set(path, set);
  }

  catchUp(): void {
    if (this.running === null || this.running.untilMs > this.now()) return;
    this.running.finish();
    this.running = null;
  }

  private ask<T>(answer: () => T): T {
    this.catchUp();
    if (this.now() < this.awayUntilMs) throw ERRORS.away;
    return answer();
  }

  private change(work: () => void): void {
    this.ask(() => undefined);
    const { fault } = this;
    this.fault = null;
    switch (fault) {
      case null:
        work();
        return;
      case "lost_after":
        work();
        throw ERRORS.lost;
      case "late":
        this.running = { untilMs: this.now() + 60_000, finish: work };
        throw ERRORS.lost;
      case "denied":
        throw ERRORS.denied;
      case "lost_before":
      case "throttled":
      case "busy":
      case "broken_off":
        throw ERRORS.lost;
    }
  }

  private backup(request: SourceBackupRequest): void {
    if (this.state !== "ONLINE") throw ERRORS.closed;
    this.change(() => this.write(request));
  }

  /** The adapter of one process; `gate` is passed before and after each call. */
  server(gate: (where: string) => Promise<void>): SourceServer {
    const call = async <T>(where: string, work: () => T): Promise<T> => {
      await gate(where);
      const result = work();
      await gate(`${where} answered`);
      return result;
    };
    const alter = (where: string, to: () => void) => call(where, () => this.change(to));
    return only<SourceServer>({
      facts: only<SourceFacts>({
        logRate: () => call("logRate", () => this.ask(() => ({ bytesPerMinute: null, upSeconds: 0 }))),
      }),
      identify: () =>
        call("identify", () =>
          this.ask(() =>
            only<ServerIdentity>({
              edition: "Standard Edition",
              engineEdition: 2,
              productVersion: "16.0.4085.2",
              localTime: new Date(this.now()).toISOString().slice(0, 23),
            }),
          ),
        ),
      findDatabase: (name) =>
        call("findDatabase", () =>
          this.ask(() =>
            only<SourceDatabase>({
              name,
              state: this.state,
              userAccess: this.userAccess,
              readOnly: false,
              recoveryModel: "FULL",
              // Of which no plan is made.
              dataBytes: 0,
            }),
          ),
        ),
      findBackup: ({ name }) =>
        call("findBackup", () => this.ask(() => this.rows.findLast((row) => row.name === name) ?? null)),
      listBackups: () => call("listBackups", () => this.ask(() => [...this.rows].reverse())),
      listRunningBackups: (database) =>
        call("listRunningBackups", () =>
          this.ask(() =>
            this.running === null
              ? []
              : [{ sessionId: 9, database, command: "BACKUP LOG", percent: 5, startedAtLocal: "" }],
          ),
        ),
      readChainGuard: () =>
        call("readChainGuard", () =>
          this.ask(() => ({
            state: this.state,
            recoveryModel: "FULL",
            differentialBaseGuid: this.base?.guid ?? null,
            differentialBaseLsn: this.base?.lsn.toString() ?? null,
            nextLogFirstLsn: this.nextLogFirst.toString(),
            forkGuid: null,
            databaseGuid: null,
          })),
        ),
      rowCounts: () => call("rowCounts", () => this.ask(() => ({ "dbo.t": 1 }))),
      listSessions: () => call("listSessions", () => this.ask(() => [])),
      restrictUsers: () =>
        alter("restrictUsers", () => {
          this.userAccess = "RESTRICTED_USER";
        }),
      allowUsers: () =>
        alter("allowUsers", () => {
          this.userAccess = "MULTI_USER";
        }),
      recover: () =>
        alter("recover", () => {
          this.state = "ONLINE";
        }),
      backup: (request) => call("backup", () => this.backup(request)),
    });
  }
}

const written = new Map<string, Buffer>();

/** The bytes of a file with this one set. */
export function bytesOf(set: BackupSetSpec): Buffer {
  const key = `${set.type} ${set.firstLsn} ${set.lastLsn} ${set.backupSetGuid} ${set.tail} ${set.differentialBaseGuid}`;
  const known = written.get(key);
  if (known) return known;
  const bytes = Buffer.concat([...backupBytes({ sets: [set], blockSize: 512 })]);
  written.set(key, bytes);
  return bytes;
}
