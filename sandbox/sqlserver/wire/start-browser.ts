import { createSocket } from "node:dgram";

export interface BrowsedInstance {
  name: string;
  /** Null: TCP is not enabled. */
  port: number | null;
}

export interface RunningBrowser {
  port: number;
  stop(): Promise<void>;
}

/**
 * SQL Server Browser on loopback (MC-SQLR): answers who asks for one instance, or for all; silent about names it does
 * not know, as the real one is.
 */
export function startBrowser(instances: readonly BrowsedInstance[], port = 0): Promise<RunningBrowser> {
  const socket = createSocket("udp4");
  socket.on("message", (question, peer) => {
    const kind = question[0];
    const wanted = question.subarray(1).toString("latin1").replace(/\0.*$/, "").toUpperCase();
    const said = instances.filter(({ name }) => kind !== 0x04 || name.toUpperCase() === wanted);
    if (said.length === 0) return;
    const text = Buffer.from(said.map(describe).join(""), "latin1");
    const head = Buffer.from([0x05, text.length & 0xff, text.length >> 8]);
    socket.send(Buffer.concat([head, text]), peer.port, peer.address);
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, "127.0.0.1", () => {
      resolve({
        port: socket.address().port,
        stop: () => new Promise((stopped) => socket.close(() => stopped())),
      });
    });
  });
}

function describe({ name, port }: BrowsedInstance): string {
  const tcp = port === null ? "" : `tcp;${port};`;
  return `ServerName;PROD-SQL-01;InstanceName;${name};IsClustered;No;Version;16.0.4115.5;${tcp};`;
}
