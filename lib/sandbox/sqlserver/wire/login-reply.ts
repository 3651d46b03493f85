import { timingSafeEqual } from "node:crypto";
import type { ServerSession } from "../model/sessions";
import type { SqlServerModel } from "../model/sql-server-model";
import { SqlError } from "../tsql/sql-error";
import type { LoginRequest } from "./login7";
import type { ResponseStream } from "./response-stream";
import {
  DONE,
  TOKEN,
  writeCollationChange,
  writeDone,
  writeEnvChange,
  writeError,
  writeFeatureAck,
  writeInfo,
  writeLoginAck,
} from "./tokens";

export interface LoginRules {
  user: string;
  password: string;
}

export interface ClientFacts {
  id: number;
  clientAddress: string;
  encrypted: boolean;
  disconnect(): void;
}

/** Checks a login and answers it: the session, or null after error 18456 (and 4060 for the database asked for). */
export function acceptLogin(
  login: LoginRequest,
  stream: ResponseStream,
  model: SqlServerModel,
  rules: LoginRules,
  client: ClientFacts,
): { session: ServerSession; packetSize: number } | null {
  const failure = new SqlError(18456, 14, `Login failed for user '${login.userName}'.`);
  const known =
    !login.integrated &&
    login.userName.toLowerCase() === rules.user.toLowerCase() &&
    sameSecret(login.password, rules.password);
  if (!known) return refuse(stream, [failure]);
  const wanted = login.database === "" ? "master" : login.database;
  const database = model.databaseName(wanted);
  if (database === null || (model.findDatabase(wanted)?.state ?? "ONLINE") !== "ONLINE") {
    const text = `Cannot open database "${wanted}" requested by the login. The login failed.`;
    return refuse(stream, [new SqlError(4060, 11, text), failure]);
  }
  const packetSize = Math.min(32_767, Math.max(512, login.packetSize));
  welcome(stream, database, packetSize, login.extended);
  const now = model.clock.now();
  const session: ServerSession = {
    id: client.id,
    database,
    login: rules.user,
    transactions: 0,
    noCount: false,
    lastError: 0,
    rowCount: 0,
    language: "us_english",
    host: login.hostName,
    program: login.programName,
    library: login.library,
    loginMs: now,
    clientAddress: client.clientAddress.replace(/^::ffff:/, ""),
    encrypted: client.encrypted,
    connected: true,
    lastRequestStartMs: now,
    lastRequestEndMs: now,
    lastText: "",
    request: null,
    temporary: new Map(),
    disconnect: () => client.disconnect(),
  };
  model.sessions.add(session);
  return { session, packetSize };
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given, "utf8");
  const b = Buffer.from(expected, "utf8");
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(stream: ResponseStream, errors: readonly SqlError[]): null {
  for (const error of errors) writeError(stream.writer, error);
  writeDone(stream.writer, TOKEN.done, DONE.error, 0);
  stream.end();
  return null;
}

function welcome(stream: ResponseStream, database: string, packetSize: number, extended: boolean): void {
  const { writer } = stream;
  const info = (number: number, state: number, text: string) =>
    writeInfo(writer, { number, state, severity: 0, text, line: 1, procedure: "" });
  writeEnvChange(writer, 1, database, "master");
  info(5701, 2, `Changed database context to '${database}'.`);
  writeCollationChange(writer);
  writeEnvChange(writer, 2, "us_english", "");
  info(5703, 1, "Changed language setting to us_english.");
  writeLoginAck(writer);
  writeEnvChange(writer, 4, String(packetSize), "4096");
  if (extended) writeFeatureAck(writer);
  writeDone(writer, TOKEN.done, DONE.final, 0);
  stream.end();
}
