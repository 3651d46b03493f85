import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { asLive, type LiveScenario } from "@/sandbox/scenario/live-scenario";
import { collationOf, foldCase, nvarcharMax } from "../tsql/sql-type";
import { BackupFolders } from "./backup-folders";
import type { Contents } from "./contents";
import { type DatabaseProfile, profileOf, SYSTEM_DATABASES } from "./database-profiles";
import { initialState } from "./initial-state";
import { isWritten, loadSeconds, logPosition, lsnAt, settleLoad } from "./log-position";
import { playScenario } from "./play-scenario";
import type { SandboxClock } from "./sandbox-clock";
import { SERVER } from "./server-identity";
import { type ServerRelease, serverRelease } from "./server-release";
import type { BackupRecord, DatabaseState, RecoveryModelName, ServerState, UserAccess } from "./server-state";
import { type ServerSession, Sessions } from "./sessions";
import { loadState, saveState } from "./state-file";

/** A backup, restore or change of a database that runs now: what 3023 is about. */
export type RunningOperation = { database: string; kind: "data" | "log" };

/** The load goes on while the sandbox is stopped, but not for longer than this. */
const LONGEST_PAUSE_MS = 3_600_000;

/** The folder another tool writes to in some scenarios; it is not the one clients back up to. */
export const AGENT_FOLDER = "E:\\AgentBackup\\";

/** The server behind the wire: its databases, their log, the backups taken, who is connected. State is saved on change. */
export class SqlServerModel {
  readonly state: ServerState;
  readonly sessions: Sessions;
  readonly folders: BackupFolders;
  readonly localFolder: string;
  readonly running: RunningOperation[] = [];
  /** Local paths of backup files being written: nobody else may open them. */
  readonly filesInUse = new Set<string>();
  readonly startedMs: number;
  readonly scenario: LiveScenario;

  constructor(
    private readonly folder: string,
    readonly clock: SandboxClock,
    scenario: LiveScenario | string,
    readonly administrator: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.localFolder = join(folder, "Backup");
    mkdirSync(this.localFolder, { recursive: true });
    const agentFolder = join(folder, "AgentBackup");
    mkdirSync(agentFolder, { recursive: true });
    this.folders = new BackupFolders([
      { windows: SERVER.backupFolder, local: this.localFolder },
      { windows: AGENT_FOLDER, local: agentFolder },
    ]);
    this.state = loadState(folder) ?? initialState(clock.now());
    this.sessions = new Sessions(() => clock.now());
    this.startedMs = clock.now();
    for (const database of this.state.databases) {
      database.anchorMs = Math.max(database.anchorMs, this.startedMs - LONGEST_PAUSE_MS);
    }
    this.save();
    this.scenario = asLive(scenario);
    this.scenario.follow((current, before) => playScenario(this, current, before));
    for (const database of this.state.databases) this.#tellIfClosed(database);
  }

  /** Which SQL Server it is at the moment. */
  get release(): ServerRelease {
    return serverRelease(this.scenario.current.sourceRelease);
  }

  /** Its edition, as SERVERPROPERTY says it. */
  get edition(): string {
    return this.state.traits?.edition ?? this.release.edition;
  }

  save(): void {
    for (const database of this.state.databases)
      settleLoad(database, this.clock.now(), this.clock.timeFactor);
    saveState(this.folder, this.state);
  }

  /** Where databases were that were asked for by the name they had then. */
  readonly #called = new Map<string, { at: number; database: DatabaseState }>();

  /** Names of databases compare by the server's collation. */
  #fold(name: string): string {
    return foldCase(name, { ...nvarcharMax, ...collationOf(this.state.traits?.collation ?? "") });
  }
  /** A user database by name; null for system databases and unknown names. */
  findDatabase(name: string): DatabaseState | null {
    // Most are asked for as they are called, and a join asks for each pair of its rows.
    const known = this.#called.get(name);
    if (known && known.database.name === name && this.state.databases[known.at] === known.database) {
      return known.database;
    }
    const folded = this.#fold(name);
    const at = this.state.databases.findIndex((d) => this.#fold(d.name) === folded);
    const database = this.state.databases[at];
    if (database === undefined) return null;
    if (database.name === name) this.#called.set(name, { at, database });
    return database;
  }
  profile(database: DatabaseState): DatabaseProfile {
    const profile = profileOf(database.like ?? database.name);
    if (profile === null) throw new Error(`No profile of ${database.name}.`);
    return database.like === undefined ? profile : { ...profile, name: database.name, id: database.id };
  }
  /** The stored spelling of any database's name, null when there is none. */
  databaseName(name: string): string | null {
    const lower = name.toLowerCase();
    return this.findDatabase(name)?.name ?? SYSTEM_DATABASES.find((d) => d.name === lower)?.name ?? null;
  }
  databaseId(name: string): number | null {
    const lower = name.toLowerCase();
    return this.findDatabase(name)?.id ?? SYSTEM_DATABASES.find((d) => d.name === lower)?.id ?? null;
  }
  databaseNameOf(id: number): string | null {
    return (
      this.state.databases.find((d) => d.id === id)?.name ??
      SYSTEM_DATABASES.find((d) => d.id === id)?.name ??
      null
    );
  }

  /** Bytes of log a database has written so far. */
  position(database: DatabaseState): number {
    return logPosition(database, this.profile(database), this.clock.now(), this.clock.timeFactor);
  }
  lsn(database: DatabaseState, position: number): bigint {
    return lsnAt(this.profile(database), position);
  }
  /** Where the log will stand when this many server seconds have passed. */
  positionAfter(database: DatabaseState, serverSeconds: number): number {
    const growth = isWritten(database) ? serverSeconds * this.profile(database).logBytesPerSecond : 0;
    return this.position(database) + Math.floor(growth);
  }
  /** Writes records into the log at once: checkpoints, backup markers. */
  addLog(database: DatabaseState, bytes: number): void {
    database.extraLogBytes += bytes;
  }
  /** Makes sure that the log has reached a position, for work that was planned up to there. */
  advanceLog(database: DatabaseState, position: number): void {
    const missing = position - this.position(database);
    if (missing > 0) database.extraLogBytes += missing;
  }
  rowCount(database: DatabaseState, table: { rows: number; rowsPerSecond: number }): number {
    const seconds = loadSeconds(database, this.clock.now(), this.clock.timeFactor);
    return table.rows + Math.floor(seconds * table.rowsPerSecond);
  }

  /** What a database will hold when this many server seconds have passed. */
  contentsAfter(database: DatabaseState, serverSeconds: number): Contents {
    const now = loadSeconds(database, this.clock.now(), this.clock.timeFactor);
    return {
      like: database.like ?? database.name,
      loadSeconds: now + (isWritten(database) ? serverSeconds : 0),
    };
  }

  /** Sessions whose current database it is, the applications' included. */
  sessionsOf(database: DatabaseState): ServerSession[] {
    return this.sessions.all(this.state.databases).filter((s) => s.database === database.name);
  }

  /** Applies a change to a database and saves; the load stops or starts at this moment. */
  change(database: DatabaseState, apply: () => void): void {
    settleLoad(database, this.clock.now(), this.clock.timeFactor);
    apply();
    database.anchorMs = this.clock.now();
    this.save();
  }
  setUserAccess(database: DatabaseState, access: UserAccess): void {
    this.change(database, () => {
      database.userAccess = access;
      this.addLog(database, 1024);
    });
    this.#tellIfClosed(database);
  }

  /** The other servers play on it. */
  #tellIfClosed({ name, userAccess }: DatabaseState): void {
    if (userAccess !== "MULTI_USER") this.scenario.tellWritesStopped(name);
  }

  /** SIMPLE ends the log chain; FULL gets a new one with the next full or differential backup. */
  setRecovery(database: DatabaseState, next: RecoveryModelName): void {
    if (next === database.recoveryModel) return;
    this.change(database, () => {
      database.recoveryModel = next;
      if (next === "SIMPLE") database.logChain = null;
      this.addLog(database, 1024);
    });
  }

  addBackup(record: BackupRecord): void {
    this.state.backups.push(record);
  }
}
