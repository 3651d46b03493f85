import type { MemoryTable, SqlSession } from "../tsql/engine-host";
import { USER_DATABASES } from "./database-profiles";
import { isWritten } from "./log-position";
import type { DatabaseState } from "./server-state";

/** A statement that runs now, as sys.dm_exec_requests shows it. */
export interface RunningRequest {
  command: string;
  database: string;
  startedMs: number;
  sqlText: string;
  /** 0 to 100. */
  percent: number;
  /** When the work is expected to end; null: not known. */
  endsMs: number | null;
  waitType: string | null;
}

export interface ServerSession extends SqlSession {
  readonly host: string;
  readonly program: string;
  readonly library: string;
  readonly loginMs: number;
  readonly clientAddress: string;
  readonly encrypted: boolean;
  /** False for the applications that write to the databases: they exist in the model only. */
  readonly connected: boolean;
  lastRequestStartMs: number;
  lastRequestEndMs: number;
  lastText: string;
  request: RunningRequest | null;
  readonly temporary: Map<string, MemoryTable>;
  /** Ends the connection, as KILL and ROLLBACK IMMEDIATE do. */
  disconnect(): void;
}

const FIRST_CLIENT_ID = 71;

/** Who is on the server: real connections, and the applications whose writes make the load. */
export class Sessions {
  private readonly clients = new Map<number, ServerSession>();
  private readonly killedUntil = new Map<number, number>();
  private nextId = FIRST_CLIENT_ID;
  readonly startedMs: number;

  constructor(private readonly now: () => number) {
    this.startedMs = now();
  }

  /** A free session id; ids are given again once their session is gone. */
  reserveId(): number {
    for (let id = FIRST_CLIENT_ID; id < this.nextId; id++) if (!this.clients.has(id)) return id;
    return this.nextId++;
  }
  add(session: ServerSession): void {
    this.clients.set(session.id, session);
    this.nextId = Math.max(this.nextId, session.id + 1);
  }
  remove(session: ServerSession): void {
    if (this.clients.get(session.id) === session) this.clients.delete(session.id);
  }
  get(id: number): ServerSession | null {
    return this.clients.get(id) ?? null;
  }
  connected(): ServerSession[] {
    return [...this.clients.values()].sort((a, b) => a.id - b.id);
  }

  /** The applications' sessions of the databases that can be written to now. */
  applications(databases: readonly DatabaseState[]): ServerSession[] {
    let id = 51;
    return USER_DATABASES.flatMap((profile) => {
      const database = databases.find((d) => d.name === profile.name);
      return Array.from({ length: profile.sessions }, (_unused, i): ServerSession[] => {
        const sessionId = id++;
        if (database === undefined || !isWritten(database)) return [];
        if ((this.killedUntil.get(sessionId) ?? 0) > this.now()) return [];
        const last = this.now() - ((sessionId * 7919) % 900);
        return [
          {
            id: sessionId,
            database: profile.name,
            login: profile.login,
            transactions: 0,
            noCount: false,
            lastError: 0,
            rowCount: 0,
            language: "us_english",
            host: `APP-${String(i + 1).padStart(2, "0")}`,
            program: profile.program,
            library: "Core Microsoft SqlClient Data Provider",
            loginMs: this.startedMs - (i + 1) * 3_600_000,
            clientAddress: `10.20.4.${10 + i}`,
            encrypted: false,
            connected: false,
            lastRequestStartMs: last,
            lastRequestEndMs: last + 4,
            lastText: "",
            request: null,
            temporary: new Map(),
            disconnect: () => this.killedUntil.set(sessionId, this.now() + 5_000),
          },
        ];
      }).flat();
    });
  }

  all(databases: readonly DatabaseState[]): ServerSession[] {
    return [...this.applications(databases), ...this.connected()];
  }
}
