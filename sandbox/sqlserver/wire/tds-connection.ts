import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { SERVER } from "../model/server-identity";
import type { ServerSession } from "../model/sessions";
import type { SqlServerModel } from "../model/sql-server-model";
import type { EngineHost, Frame } from "../tsql/engine-host";
import { report, runBatch } from "../tsql/run-batch";
import { callProcedure } from "../tsql/run-execute";
import { RequestCancelled, SqlError } from "../tsql/sql-error";
import type { LoginProof, LoginRules } from "./check-login";
import { acceptLogin, sendChallenge } from "./login-reply";
import { type LoginRequest, readLogin7 } from "./login7";
import { ntlmChallenge, readNtlmAnswer } from "./ntlm";
import { PACKET, PacketReader, packet, type TdsMessage } from "./packets";
import { preloginReply, readPrelogin } from "./prelogin";
import { PreparedStatements } from "./prepared-statements";
import { ResponseStream } from "./response-stream";
import { readRpc, withoutHeaders } from "./rpc-request";
import { type TlsContexts, TlsTunnel } from "./tls-tunnel";
import { TokenSink } from "./token-sink";
import { DONE, TOKEN, writeDone, writeTransactionChange } from "./tokens";

export interface ConnectionServices {
  model: SqlServerModel;
  host: EngineHost;
  tls: TlsContexts;
  rules: LoginRules;
}

const TLS_RECORD = 0x16;

/** One client: PRELOGIN, TLS, LOGIN7, then one request at a time, with attentions in between (MS-TDS 3.3). */
export class TdsConnection {
  private readonly reader = new PacketReader();
  private readonly prepared = new PreparedStatements();
  private tunnel: TlsTunnel | null = null;
  private session: ServerSession | null = null;
  /** A Windows login that waits for the client's answer to our challenge. */
  private challenged: { login: LoginRequest; nonce: Buffer } | null = null;
  private loginDatabase = "master";
  private packetSize = 4096;
  private queue: TdsMessage[] = [];
  private running: { controller: AbortController; attention: boolean; done: Promise<void> } | null = null;
  private closed = false;

  constructor(
    private readonly socket: Socket,
    private readonly services: ConnectionServices,
  ) {
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => this.receive(bytes));
    socket.on("error", () => this.close());
    socket.on("close", () => this.close());
  }

  /** Ends the connection: the running request is rolled back. Resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    const { running } = this;
    if (!this.closed) {
      this.closed = true;
      this.queue = [];
      running?.controller.abort();
      if (this.session !== null) this.services.model.sessions.remove(this.session);
      this.tunnel?.close();
      this.socket.destroy();
    }
    await running?.done;
  }

  private receive(bytes: Buffer): void {
    if (this.closed) return;
    try {
      if (this.tunnel === null && this.session === null && bytes[0] === TLS_RECORD) this.startTls("strict");
      if (this.tunnel !== null) this.tunnel.receive(bytes);
      else this.receivePlain(bytes);
    } catch {
      void this.close();
    }
  }

  private receivePlain(bytes: Buffer): void {
    for (const message of this.reader.push(bytes)) this.accept(message);
  }

  private startTls(mode: "wrapped" | "strict"): TlsTunnel {
    const tunnel = new TlsTunnel(this.services.tls, (bytes) => this.socket.write(bytes), mode);
    tunnel.socket.on("data", (bytes: Buffer) => {
      try {
        this.receivePlain(bytes);
      } catch {
        void this.close();
      }
    });
    tunnel.socket.on("error", () => void this.close());
    this.tunnel = tunnel;
    return tunnel;
  }

  private send(bytes: Buffer): void {
    if (this.closed) return;
    if (this.tunnel !== null) this.tunnel.socket.write(bytes);
    else this.socket.write(bytes);
  }

  private accept(message: TdsMessage): void {
    if (message.type === PACKET.attention) this.acceptAttention();
    else if (message.type === PACKET.prelogin && this.session === null) this.acceptPrelogin(message.body);
    else if (message.type === PACKET.login7 && this.session === null) this.beginLogin(message.body);
    else if (message.type === PACKET.sspi && this.challenged !== null) this.acceptAnswer(message.body);
    else if (this.session === null) void this.close();
    else {
      this.queue.push(message);
      this.runNext();
    }
  }

  private acceptPrelogin(body: Buffer): void {
    const reply = preloginReply(readPrelogin(body).encryption, this.services.model.release);
    this.send(packet(PACKET.reply, reply.body, { end: true, spid: 0, number: 1 }));
    if (!reply.encrypt || this.tunnel !== null) return;
    const rest = this.reader.takeRest();
    const tunnel = this.startTls("wrapped");
    if (rest.length > 0) tunnel.receive(rest);
  }

  private beginLogin(body: Buffer): void {
    const login = readLogin7(body);
    if (!login.integrated) {
      this.acceptLogin(login, { kind: "password", user: login.userName, password: login.password });
      return;
    }
    const nonce = randomBytes(8);
    this.challenged = { login, nonce };
    const domain = this.services.rules.windows?.[0]?.account.split("\\")[0] ?? SERVER.machineName;
    sendChallenge(this.newStream(), ntlmChallenge(nonce, domain, SERVER.machineName));
  }

  private acceptAnswer(body: Buffer): void {
    if (this.challenged === null) return;
    const { login, nonce } = this.challenged;
    this.challenged = null;
    const answer = readNtlmAnswer(body);
    this.acceptLogin(login, {
      kind: "windows",
      account: `${answer.domain}\\${answer.user}`,
      proves: (password) => answer.proves(password, nonce),
    });
  }

  private acceptLogin(login: LoginRequest, proof: LoginProof): void {
    const id = this.services.model.sessions.reserveId();
    const stream = new ResponseStream((bytes) => this.send(bytes), id, this.packetSize);
    const accepted = acceptLogin(login, proof, stream, this.services.model, this.services.rules, {
      id,
      clientAddress: this.socket.remoteAddress ?? "127.0.0.1",
      encrypted: this.tunnel !== null,
      disconnect: () => void this.close(),
    });
    if (accepted === null) {
      // The refusal must leave before the socket does, also through TLS.
      if (this.tunnel === null) this.socket.end();
      else this.tunnel.socket.end(() => setImmediate(() => this.socket.end()));
      return;
    }
    this.session = accepted.session;
    this.packetSize = accepted.packetSize;
    this.loginDatabase = accepted.session.database;
  }

  private acceptAttention(): void {
    if (this.running === null) {
      this.acknowledgeAttention();
      return;
    }
    this.running.attention = true;
    this.running.controller.abort();
  }

  /** The acknowledgement is a message of its own, with nothing but this DONE in it. */
  private acknowledgeAttention(): void {
    const stream = this.newStream();
    writeDone(stream.writer, TOKEN.done, DONE.attention, 0);
    stream.end();
  }

  private newStream(): ResponseStream {
    return new ResponseStream((bytes) => this.send(bytes), this.session?.id ?? 0, this.packetSize);
  }

  private runNext(): void {
    const { session } = this;
    if (this.running !== null || session === null || this.closed) return;
    const message = this.queue.shift();
    if (message === undefined) return;
    const controller = new AbortController();
    const running = { controller, attention: false, done: Promise.resolve() };
    this.running = running;
    const served = this.serve(message, session, controller.signal).catch(() => void this.close());
    running.done = served.then(() => {
      this.running = null;
      if (this.closed) return;
      if (running.attention) this.acknowledgeAttention();
      this.runNext();
    });
  }

  private async serve(message: TdsMessage, session: ServerSession, signal: AbortSignal): Promise<void> {
    const stream = this.newStream();
    const isRpc = message.type === PACKET.rpc;
    const sink = new TokenSink(stream, isRpc, () => !session.noCount);
    const frame = this.frame(session, sink, signal);
    if (message.reset) this.resetSession(session);
    session.lastRequestStartMs = this.services.model.clock.now();
    try {
      if (message.ignored) throw new RequestCancelled();
      if (isRpc) await this.serveRpc(message, frame, sink);
      else if (message.type === PACKET.transaction) this.serveTransaction(message, session, stream);
      else await this.serveBatch(message, frame, sink);
    } catch (error) {
      if (sink.torn) void this.close();
      else if (error instanceof RequestCancelled) sink.finishCancelled();
      else {
        report(asSqlError(error), frame);
        sink.finishBatch();
      }
    } finally {
      session.request = null;
      session.lastRequestEndMs = this.services.model.clock.now();
    }
  }

  private frame(session: ServerSession, sink: TokenSink, signal: AbortSignal): Frame {
    return {
      host: this.services.host,
      session,
      sink,
      signal,
      variables: new Map(),
      temporary: [session.temporary],
      depth: 0,
      line: 1,
    };
  }

  private begin(session: ServerSession, text: string): void {
    session.lastText = text;
    session.request = {
      command: (/^\s*(\w+)/.exec(text)?.[1] ?? "SELECT").toUpperCase().slice(0, 32),
      database: session.database,
      startedMs: this.services.model.clock.now(),
      sqlText: text,
      percent: 0,
      endsMs: null,
      waitType: null,
    };
  }

  private async serveBatch(message: TdsMessage, frame: Frame, sink: TokenSink): Promise<void> {
    const text = withoutHeaders(message.body).toString("utf16le");
    if (this.session !== null) this.begin(this.session, text);
    await runBatch(text, frame);
    sink.finishBatch();
  }

  private async serveRpc(message: TdsMessage, frame: Frame, sink: TokenSink): Promise<void> {
    const { procedure, parameters } = readRpc(message.body);
    const name = procedure.at(-1) ?? "";
    const [first] = parameters;
    const text = name.toLowerCase() === "sp_executesql" ? String(first?.value ?? "") : procedure.join(".");
    if (this.session !== null) this.begin(this.session, text);
    try {
      const outcome =
        (await this.prepared.call(name, parameters, frame)) ??
        (await callProcedure(procedure, parameters, frame));
      sink.finishProcedure(outcome.status, outcome.outputs);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      report(error, frame);
      sink.finishProcedure(error.number, []);
    }
  }

  /** A transaction manager request: 5 begins, 7 commits, 8 rolls back. */
  private serveTransaction(message: TdsMessage, session: ServerSession, stream: ResponseStream): void {
    const kind = withoutHeaders(message.body).readUInt16LE(0);
    if (kind === 5) session.transactions++;
    else if (kind === 7 || kind === 8) session.transactions = 0;
    const change = kind === 5 ? 8 : kind === 7 ? 9 : kind === 8 ? 10 : null;
    if (change !== null) writeTransactionChange(stream.writer, change, BigInt(session.id));
    writeDone(stream.writer, TOKEN.done, DONE.final, 0);
    stream.end();
  }

  private resetSession(session: ServerSession): void {
    session.database = this.loginDatabase;
    session.transactions = 0;
    session.noCount = false;
    session.temporary.clear();
  }
}

function asSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new SqlError(50000, 16, `The sandbox could not answer: ${text}`);
}
