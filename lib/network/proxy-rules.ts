import { BlockList, isIP } from "node:net";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that say by which way requests leave, as most tools read them; `CHAINFERRY_PROXY_LOOPBACK` is ours. */
export const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"] as const;

/** Addresses that are this machine's own, or its cloud's answers to it alone: a proxy would answer with its own. */
const OWN = new BlockList();
OWN.addSubnet("127.0.0.0", 8);
OWN.addAddress("::1", "ipv6");
const METADATA = new BlockList();
METADATA.addSubnet("169.254.0.0", 16);
METADATA.addAddress("100.100.100.200");

/**
 * The proxy for a URL by HTTP_PROXY, HTTPS_PROXY and NO_PROXY; null: none. Lower-case names win over upper-case ones. What
 * this machine answers itself is sent through one only where CHAINFERRY_PROXY_LOOPBACK is `1`; the metadata service of the
 * cloud never. Throws an Error that names the variable when a proxy's address can't be read.
 */
export function proxyFor(target: URL, environment: Environment): URL | null {
  const name = target.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = read(environment, name);
  if (proxy === null) return null;
  const host = plainHost(target.hostname);
  if (isIn(METADATA, host)) return null;
  if (isLoopback(host) && environment.CHAINFERRY_PROXY_LOOPBACK !== "1") return null;
  const port = target.port === "" ? (target.protocol === "https:" ? "443" : "80") : target.port;
  const entries = (read(environment, "NO_PROXY") ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
  if (entries.some((entry) => isExcepted(entry, host, port))) return null;
  return parseProxy(name, proxy);
}

function read(environment: Environment, name: (typeof PROXY_VARIABLES)[number]): string | null {
  return (environment[name.toLowerCase()] ?? environment[name])?.trim() || null;
}

function parseProxy(name: string, text: string): URL {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    throw new Error(`${name} is not the address of an HTTP proxy, such as http://proxy.example:3128.`);
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || isIn(OWN, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** `*`, a domain with all below it (`example.com`, `.example.com`, `*.example.com`), an address or a range; any with a port. */
function isExcepted(written: string, host: string, port: string): boolean {
  if (written === "*") return true;
  const [, bracketed, plain, ownPort] =
    /^(?:\[([^\]]+)\]|([^:]+|[^:]*:[^:]*:.*?))(?::(\d+))?$/.exec(written.toLowerCase()) ?? [];
  if (ownPort !== undefined && ownPort !== port) return false;
  const entry = (bracketed ?? plain ?? "").replace(/\.$/, "");
  const [address = "", bits] = entry.split("/");
  const family = isIP(address);
  if (family !== 0) {
    const list = new BlockList();
    const type = family === 6 ? "ipv6" : "ipv4";
    const length = Number(bits ?? (family === 6 ? 128 : 32));
    if (!(length >= 0 && length <= (family === 6 ? 128 : 32))) return false;
    list.addSubnet(address, length, type);
    return isIn(list, host);
  }
  const domain = entry.replace(/^\*?\./, "");
  return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
}

function plainHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}
