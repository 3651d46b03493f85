import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { AppError } from "@/lib/diagnosis/app-error";

export interface EndpointGuard {
  /**
   * Throws AppError `forbidden`: `endpoint_needs_https`, `endpoint_port` or `endpoint_not_allowed` (params host). Names are
   * resolved; one that does not resolve passes, and fails where it is used.
   */
  require(endpoint: string | null): Promise<void>;
  /**
   * Resolves an endpoint's names for a socket and refuses in the same breath, so that what was judged is what is connected to.
   * Undefined where there is nothing to judge: the region's own endpoint, and the sandbox of this start.
   */
  lookupFor(endpoint: string | null): LookupFunction | undefined;
}

export interface EndpointRules {
  /** Origins of the sandbox that was started with this process: loopback, in clear. */
  sandbox?: readonly string[];
  /** Addresses, ranges (`10.20.0.0/16`) and names that an administrator allows beside the public internet, on any port. */
  allowed?: readonly string[];
}

/** The machine itself, its neighbours on the wire, and what tells a cloud machine's keys. */
const NEVER: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["224.0.0.0", 3],
  ["::", 127],
  ["fe80::", 10],
  ["fc00::", 7],
  ["ff00::", 8],
];
/** Not 100.64.0.0/10: there Alibaba Cloud has its own endpoints inside a region. */
const PRIVATE: readonly (readonly [string, number])[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  // IPv4 in IPv6, by translation (RFC 6052, 3056): what stands behind can't be told.
  ["64:ff9b::", 96],
  ["2002::", 16],
];

/** Where a sandbox's OSS and RDS answer, as `createEndpointGuard` takes them. */
export function originsOf(sandbox: { oss: { endpoint: string }; rds: { endpoint: string } }): string[] {
  return [sandbox.oss.endpoint, sandbox.rds.endpoint].map((url) => new URL(url).origin);
}

/** Which endpoints of a cloud account may be asked: whoever types one in must not reach this machine and its network by it. */
export function createEndpointGuard({ sandbox = [], allowed = [] }: EndpointRules): EndpointGuard {
  const never = blockList(NEVER);
  const inside = blockList(PRIVATE);
  const names = new Set(allowed.filter((entry) => !isRange(entry)).map((name) => name.toLowerCase()));
  const listed = blockList(
    allowed.filter(isRange).map((range) => {
      const [address = "", bits] = range.split("/");
      return [address, Number(bits ?? (isIP(address) === 4 ? 32 : 128))] as const;
    }),
  );

  const mayReach = (address: string): boolean => {
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (never.check(address, family)) return false;
    return listed.check(address, family) || !inside.check(address, family);
  };
  const isListed = (address: string): boolean => listed.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");

  const isSandbox = (endpoint: string): boolean => sandbox.includes(urlOf(endpoint).origin);

  const resolve: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true } as LookupOptions & { all: true }, (error, found) => {
      if (error) return callback(error, "", 0);
      const name = hostname.toLowerCase().replace(/\.$/, "");
      // A bucket stands before its endpoint's name.
      const isNamed = [...names].some((known) => name === known || name.endsWith(`.${known}`));
      const open = isNamed ? found : found.filter(({ address }) => mayReach(address));
      const [first] = open;
      if (!first) {
        const refused = Object.assign(new Error(`${hostname} may not be reached.`), { code: "EACCES" });
        return callback(refused, "", 0);
      }
      return options.all ? callback(null, open) : callback(null, first.address, first.family);
    });
  };

  return {
    async require(endpoint) {
      if (endpoint === null || isSandbox(endpoint)) return;
      const url = urlOf(endpoint);
      // Node's URL has read decimal, octal, hexadecimal and short spellings by now.
      const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
      if (url.protocol !== "https:") throw new AppError("forbidden", "endpoint_needs_https", { host });
      const addresses = isIP(host) === 0 ? await addressesOf(host) : [host];
      const isNamed = names.has(host.toLowerCase());
      if (!isNamed && addresses.some((address) => !mayReach(address))) {
        throw new AppError("forbidden", "endpoint_not_allowed", { host });
      }
      // Any port of any address would make a scanner of us.
      if (url.port !== "" && !isNamed && !addresses.every(isListed)) {
        throw new AppError("forbidden", "endpoint_port", { host });
      }
    },

    lookupFor: (endpoint) => (endpoint === null || isSandbox(endpoint) ? undefined : resolve),
  };
}

function urlOf(endpoint: string): URL {
  return new URL(/^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`);
}

function blockList(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) {
    list.addSubnet(address, bits, isIP(address) === 4 ? "ipv4" : "ipv6");
  }
  return list;
}

function isRange(entry: string): boolean {
  return isIP(entry.split("/")[0] ?? "") !== 0;
}

function addressesOf(host: string): Promise<string[]> {
  return new Promise((resolve) => {
    lookup(host, { all: true }, (error, found: LookupAddress[]) =>
      resolve(error ? [] : found.map(({ address }) => address)),
    );
  });
}
