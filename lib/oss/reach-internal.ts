import { connect } from "node:net";
import { outgoingRoute } from "@/lib/network/outgoing-route";

const PATIENCE_MS = 800;
const KEPT_MS = 10 * 60_000;
const answers = new Map<string, { untilMs: number; reaches: Promise<boolean> }>();

/**
 * Whether this process reaches OSS's internal endpoint of a region, as machines on Alibaba Cloud in that region do: traffic
 * over it is free and faster. Asked by opening a connection, at most every ten minutes. Source: OSS, "Regions and endpoints".
 */
export async function reachesInternal(
  regionId: string,
  opens: (host: string, port: number) => Promise<boolean> = opensConnection,
): Promise<boolean> {
  const host = `oss-${regionId}-internal.aliyuncs.com`;
  const known = answers.get(host);
  if (known && Date.now() < known.untilMs) return known.reaches;
  // A connection from here says nothing of one that a proxy opens.
  if (outgoingRoute(new URL(`https://${host}`)).proxy !== null) return false;
  const reaches = opens(host, 443).catch(() => false);
  answers.set(host, { untilMs: Date.now() + KEPT_MS, reaches });
  return reaches;
}

function opensConnection(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(PATIENCE_MS, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
