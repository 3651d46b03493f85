import type { ServerRelease } from "../model/server-release";
import type { ServerSession } from "../model/sessions";
import type { SqlServerModel } from "../model/sql-server-model";
import { SqlError } from "../tsql/sql-error";
import { checkLogin, type LoginProof, type LoginRules, loginFailed } from "./check-login";
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

export interface ClientFacts {
  id: number;
  clientAddress: string;
  encrypted: boolean;
  disconnect(): void;
}

/** Checks a login and answers it: the session, or null after its error (4060 and 18456 for a database it cannot open). */
export function acceptLogin(
  login: LoginRequest,
  proof: LoginProof,
  stream: ResponseStream,
  model: SqlServerModel,
  rules: LoginRules,
  client: ClientFacts,
): { session: ServerSession; packetSize: number } | null {
  const name = checkLogin(proof, rules);
  if (typeof name !== "string") return refuse(stream, [name]);
  const wanted = login.database === "" ? "master" : login.database;
  const database = model.databaseName(wanted);
  if (database === null || (model.findDatabase(wanted)?.state ?? "ONLINE") !== "ONLINE") {
    const text = `Cannot open database "${wanted}" requested by the login. The login failed.`;
    return refuse(stream, [new SqlError(4060, 11, text), loginFailed(name)]);
  }
  const packetSize = Math.min(32_767, Math.max(512, login.packetSize));
  welcome(stream, model.release, { database, packetSize, extended: login.extended });
  const now = model.clock.now();
  const session: ServerSession = {
    id: client.id,
    database,
    login: name,
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

function refuse(stream: ResponseStream, errors: readonly SqlError[]): null {
  for (const error of errors) writeError(stream.writer, error);
  writeDone(stream.writer, TOKEN.done, DONE.error, 0);
  stream.end();
  return null;
}

function welcome(
  stream: ResponseStream,
  release: ServerRelease,
  { database, packetSize, extended }: { database: string; packetSize: number; extended: boolean },
): void {
  const { writer } = stream;
  const info = (number: number, state: number, text: string) =>
    writeInfo(writer, { number, state, severity: 0, text, line: 1, procedure: "" });
  writeEnvChange(writer, 1, database, "master");
  info(5701, 2, `Changed database context to '${database}'.`);
  writeCollationChange(writer);
  writeEnvChange(writer, 2, "us_english", "");
  info(5703, 1, "Changed language setting to us_english.");
  writeLoginAck(writer, release);
  writeEnvChange(writer, 4, String(packetSize), "4096");
  if (extended) writeFeatureAck(writer);
  writeDone(writer, TOKEN.done, DONE.final, 0);
  stream.end();
}

/** Answers the beginning of an NTLM login with the server's challenge. */
export function sendChallenge(stream: ResponseStream, challenge: Uint8Array): void {
  stream.writer.u8(TOKEN.sspi).u16(challenge.length).bytes(challenge);
  stream.end();
}
