import { type AddressInfo, createServer, type Socket } from "node:net";

/** One answer of the stub, token by token. https://learn.microsoft.com/openspecs/windows_protocols/ms-tds */
export interface StubReply {
  info(number: number, message: string): void;
  error(number: number, message: string): void;
  /** A result set of text columns. */
  rows(columns: readonly string[], values: readonly (string | null)[][]): void;
  /** Sends what was said so far and leaves the answer open. */
  flush(): void;
  end(): void;
  drop(): void;
}

export interface StubTdsServer {
  port: number;
  /** Attentions received. */
  attentions: number;
  /** Types of the packets that came in clear, in their order: 18 PRELOGIN, 16 LOGIN7. */
  types: number[];
  stop(): Promise<void>;
}

export interface StubBehaviour {
  /** Encryption byte of PRELOGIN: 0 for the login only, 2 none, 3 required. */
  encryption?: number;
  /** Number and text of a refused login. */
  refuseLogin?: { number: number; message: string };
  /** Answers a request whose text is given; `includes` finds parameters' values too. */
  answer?: (request: { includes(text: string): boolean }, reply: StubReply) => void;
}

const RESPONSE = 4;
const ATTENTION = 6;
const LOGIN = 16;
const PRELOGIN = 18;

/** Speaks just enough TDS 7.4 in clear for the driver to log in, run statements, and be interrupted. For tests. */
export function startStubTdsServer(behaviour: StubBehaviour): Promise<StubTdsServer> {
  const sockets = new Set<Socket>();
  const state: StubTdsServer = { port: 0, attentions: 0, types: [], stop: async () => undefined };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    readMessages(socket, (type, body) => {
      state.types.push(type);
      if (type === PRELOGIN) send(socket, prelogin(behaviour.encryption ?? 2));
      else if (type === LOGIN) send(socket, login(behaviour.refuseLogin));
      else if (type === ATTENTION) {
        state.attentions += 1;
        send(socket, done(0x02));
        send(socket, done(0x20));
      } else answer(socket, body, behaviour);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      state.port = (server.address() as AddressInfo).port;
      state.stop = () =>
        new Promise((stopped) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => stopped());
        });
      resolve(state);
    });
  });
}

function answer(socket: Socket, body: Buffer, behaviour: StubBehaviour): void {
  // Text sits at even or odd offsets, depending on the names before it.
  const readings = [body, body.subarray(1)].map((bytes) => bytes.toString("utf16le"));
  const includes = (text: string) => readings.some((reading) => reading.includes(text));
  let tokens: Buffer[] = [];
  let failed = false;
  const flush = (last: boolean) => {
    send(socket, Buffer.concat(tokens), last);
    tokens = [];
  };
  const reply: StubReply = {
    info: (number, message) => tokens.push(messageToken(0xab, number, 0, message)),
    error: (number, message) => {
      failed = true;
      tokens.push(messageToken(0xaa, number, 16, message));
    },
    rows: (columns, values) => tokens.push(resultSet(columns, values)),
    flush: () => flush(false),
    end: () => {
      tokens.push(done(failed ? 0x02 : 0));
      flush(true);
    },
    drop: () => socket.destroy(),
  };
  if (includes("set ansi_nulls") || includes("SELECT 1;")) reply.end();
  else behaviour.answer?.({ includes }, reply);
}

function readMessages(socket: Socket, onMessage: (type: number, body: Buffer) => void): void {
  let buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    while (buffer.length >= 8 && buffer.length >= buffer.readUInt16BE(2)) {
      const length = buffer.readUInt16BE(2);
      parts.push(buffer.subarray(8, length));
      const [type = 0, status = 0] = buffer;
      buffer = buffer.subarray(length);
      if ((status & 1) === 0) continue;
      const body = Buffer.concat(parts);
      parts = [];
      onMessage(type, body);
    }
  });
}

function send(socket: Socket, body: Buffer, last = true): void {
  if (socket.destroyed) return;
  const header = Buffer.from([RESPONSE, last ? 1 : 0, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(body.length + 8, 2);
  socket.write(Buffer.concat([header, body]));
}

function prelogin(encryption: number): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0x10, 0, 0, 0, encryption]);
}

function login(refusal: StubBehaviour["refuseLogin"]): Buffer {
  if (refusal) return Buffer.concat([messageToken(0xaa, refusal.number, 14, refusal.message), done(0x02)]);
  const name = ucs2("Microsoft SQL Server");
  const ack = Buffer.concat([
    Buffer.from([1, 0x74, 0, 0, 4, name.length / 2]),
    name,
    Buffer.from([16, 0, 16, 0]),
  ]);
  return Buffer.concat([Buffer.from([0xad]), u16(ack.length), ack, done(0)]);
}

function messageToken(token: number, number: number, severity: number, message: string): Buffer {
  const text = ucs2(message);
  const line = Buffer.alloc(4);
  line.writeUInt32LE(1);
  const head = Buffer.alloc(6);
  head.writeInt32LE(number);
  head[4] = 1;
  head[5] = severity;
  const body = Buffer.concat([head, u16(text.length / 2), text, Buffer.from([0, 0]), line]);
  return Buffer.concat([Buffer.from([token]), u16(body.length), body]);
}

function resultSet(columns: readonly string[], values: readonly (string | null)[][]): Buffer {
  const type = Buffer.from([0, 0, 0, 0, 9, 0, 0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]);
  const metadata = columns.map((name) => Buffer.concat([type, Buffer.from([name.length]), ucs2(name)]));
  const rows = values.map((row) =>
    Buffer.concat([
      Buffer.from([0xd1]),
      ...row.map((value) =>
        value === null ? u16(0xffff) : Buffer.concat([u16(value.length * 2), ucs2(value)]),
      ),
    ]),
  );
  return Buffer.concat([Buffer.from([0x81]), u16(columns.length), ...metadata, ...rows, done(0x01)]);
}

function done(status: number): Buffer {
  const token = Buffer.alloc(13);
  token[0] = 0xfd;
  token.writeUInt16LE(status, 1);
  return token;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function ucs2(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}
