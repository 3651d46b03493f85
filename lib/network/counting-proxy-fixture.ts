import http from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface CountingProxy {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Requests relayed in absolute form, by host. */
  relayed: Map<string, number>;
  /** Tunnels opened, by host. */
  tunnels: Map<string, number>;
  /** The local ports of all connections that it has opened: who comes from another comes beside it. */
  ports: Set<number>;
  /** Answers everything with this status from now on; null: carries. */
  refuses: number | null;
  /** Headers `proxy-authorization` received. */
  logins: Set<string>;
  stop(): Promise<void>;
}

/** For tests: an HTTP proxy as RFC 9110 has it, CONNECT and absolute form. `resolve` says where a host really listens. */
export async function startCountingProxy(
  resolve: (host: string, port: number) => { host: string; port: number } = (host, port) => ({ host, port }),
): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const note = (socket: Socket): void => {
    if (socket.localPort !== undefined) proxy.ports.add(socket.localPort);
  };
  const add = (counts: Map<string, number>, host: string) => counts.set(host, (counts.get(host) ?? 0) + 1);
  const login = (request: http.IncomingMessage): void => {
    const given = request.headers["proxy-authorization"];
    if (given !== undefined) proxy.logins.add(given);
  };

  const server = http.createServer((request, response) => {
    login(request);
    if (proxy.refuses !== null) {
      response.writeHead(proxy.refuses).end("<html>proxy</html>");
      return;
    }
    const target = new URL(request.url ?? "");
    add(proxy.relayed, target.host);
    const { "proxy-authorization": _own, "proxy-connection": _hop, ...headers } = request.headers;
    const onward = http.request({
      ...resolve(target.hostname, Number(target.port || 80)),
      path: target.pathname + target.search,
      method: request.method,
      headers: { ...headers, host: target.host },
      agent,
    });
    onward.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => note(socket));
      else note(socket);
    });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket: Socket) => {
    login(request);
    if (proxy.refuses !== null) {
      socket.end(`HTTP/1.1 ${proxy.refuses} No\r\n\r\n`);
      return;
    }
    const target = new URL(`http://${request.url}`);
    add(proxy.tunnels, target.host);
    const onward = connect(resolve(target.hostname, Number(target.port || 80)), () => {
      note(onward);
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const side of [socket, onward]) {
      side.on("error", () => undefined);
      side.on("close", () => {
        socket.destroy();
        onward.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  const proxy: CountingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    relayed: new Map(),
    tunnels: new Map(),
    ports: new Set(),
    refuses: null,
    logins: new Set(),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        agent.destroy();
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
}
