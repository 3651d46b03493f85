import { createServer, type Server, type Socket } from "node:net";

/** For tests: a mail server on loopback that takes what it is sent, in clear. */
export interface MailServer {
  port: number;
  /** Messages as they came, headers and all, with whom they are for. */
  taken: { from: string; to: string[]; text: string }[];
  /** Every line that a client sent outside of messages. */
  lines: string[];
  /** What is answered to a message. */
  answer: string;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(state, socket);
  });
  const state: MailServer = {
    ...{ port: 0, taken: [], lines: [], answer: "250 2.0.0 taken" },
    close: () => stop(server, sockets),
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  state.port = typeof address === "object" && address ? address.port : 0;
  return state;
}

function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** As RFC 5321 has it, without extensions: no TLS is offered. */
function converse(state: MailServer, socket: Socket): void {
  let [from, to, rest, inMessage] = ["", [] as string[], "", false];
  const say = (line: string) => void socket.write(`${line}\r\n`);
  say("220 mail.test ESMTP");
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    rest += chunk;
    while (true) {
      const end = rest.indexOf(inMessage ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const text = rest.slice(0, end);
      rest = rest.slice(end + (inMessage ? 5 : 2));
      if (inMessage) {
        inMessage = false;
        if (state.answer.startsWith("2")) state.taken.push({ from, to, text });
        say(state.answer);
        [from, to] = ["", []];
        continue;
      }
      state.lines.push(text);
      const verb = text.slice(0, 4).toUpperCase();
      if (verb === "MAIL") from = /<(.*?)>/.exec(text)?.[1] ?? "";
      if (verb === "RCPT") to.push(/<(.*?)>/.exec(text)?.[1] ?? "");
      if (verb === "DATA") {
        inMessage = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}
