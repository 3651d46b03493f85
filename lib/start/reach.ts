import { BlockList, isIP } from "node:net";
import { type Door, isLoopback, LOOPBACK_DOOR } from "@/lib/server/door";

/** What is said of how browsers reach the dashboard, as the environment has it. */
export interface ReachSettings {
  /** Address that it listens on. */
  host: string;
  /** As browsers elsewhere name it; null: nobody elsewhere. */
  publicUrl: string | null;
  tlsCertFile: string | null;
  tlsKeyFile: string | null;
  /** Addresses and ranges. */
  trustedProxies: readonly string[];
  plainHttp: "refused" | "accepted";
  /** By which others than this machine read the metrics; null: they do not. */
  metricsToken: string | null;
}

export interface Reach {
  host: string;
  /** Files in PEM of the server's own certificate; null: it speaks plain HTTP. */
  tls: { certFile: string; keyFile: string } | null;
  door: Door;
  /** Said at the start: what somebody accepted. */
  warning: string | null;
  metricsToken: string | null;
}

/** Hosts by which a server listens on 127.0.0.1, too. */
const ANSWERING = new Set(["127.0.0.1", "0.0.0.0", "::"]);

/**
 * How the dashboard may be reached. On 127.0.0.1 nothing is needed. Beyond it people sign in, the public address is known, and it is https: by
 * an own certificate or by proxies that are named; plain HTTP has to be said twice, by an `http://` address and by a word of its own.
 * Throws an Error whose message says what is missing.
 */
export function judgeReach(settings: ReachSettings, signIn: "off" | "required"): Reach {
  const { host, publicUrl, tlsCertFile, tlsKeyFile, trustedProxies, plainHttp, metricsToken } = settings;
  if ((tlsCertFile === null) !== (tlsKeyFile === null))
    throw new Error("CHAINFERRY_TLS_CERT and CHAINFERRY_TLS_KEY belong together: one of them is missing.");
  const tls =
    tlsCertFile === null || tlsKeyFile === null ? null : { certFile: tlsCertFile, keyFile: tlsKeyFile };
  const origin = publicUrl === null ? null : originOf(publicUrl);
  if (origin === null) {
    if (!isOwn(host))
      throw new Error(
        `Listening on ${host} lets others than this machine in: say in CHAINFERRY_PUBLIC_URL by which address browsers name it ` +
          "(https://chainferry.corp.example). Requests under other names are refused.",
      );
    if (trustedProxies.length > 0)
      throw new Error(
        "CHAINFERRY_TRUSTED_PROXIES needs CHAINFERRY_PUBLIC_URL: the address that the proxy answers under.",
      );
    return { host, tls, door: LOOPBACK_DOOR, warning: null, metricsToken };
  }
  if (signIn === "off")
    throw new Error(
      `CHAINFERRY_SIGN_IN=off makes whoever reaches ${origin} an administrator. Leave it out, or leave CHAINFERRY_PUBLIC_URL out.`,
    );
  const isTls = origin.startsWith("https:");
  if (isTls && tls === null && trustedProxies.length === 0)
    throw new Error(
      `Nobody would speak TLS for ${origin}. Name a certificate (CHAINFERRY_TLS_CERT, CHAINFERRY_TLS_KEY), or the proxy that has one ` +
        "(CHAINFERRY_TRUSTED_PROXIES=127.0.0.1).",
    );
  if (!isTls && tls !== null)
    throw new Error(
      `There is a certificate, but CHAINFERRY_PUBLIC_URL is ${origin}: write https://, and leave no way in without TLS.`,
    );
  if (!isTls && plainHttp === "refused")
    throw new Error(
      `Over ${origin} passwords and sessions travel in clear: whoever sees the network can stop a production database. Give it TLS ` +
        "(CHAINFERRY_TLS_CERT, or a proxy and CHAINFERRY_TRUSTED_PROXIES). If the network is as private as this machine itself, say so once " +
        "more: CHAINFERRY_PLAIN_HTTP=accepted.",
    );
  return {
    host,
    tls,
    metricsToken,
    door: { publicOrigin: origin, trusts: trusting(trustedProxies) },
    warning: isTls
      ? null
      : `Passwords and sessions travel in clear to ${origin}, as CHAINFERRY_PLAIN_HTTP accepts.`,
  };
}

/** Whether commands of this machine reach it there without TLS and without its public name. */
export function answersHere({ host, tls }: Pick<Reach, "host" | "tls">): boolean {
  return tls === null && ANSWERING.has(host);
}

function isOwn(host: string): boolean {
  return host === "localhost" || isLoopback(host);
}

/** Throws for what is more or less than a scheme, a host and a port. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain =
    url !== null && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  if (url !== null && isPlain && (url.protocol === "https:" || url.protocol === "http:")) return url.origin;
  throw new Error(
    `CHAINFERRY_PUBLIC_URL is ${text}: it takes a scheme, a host and perhaps a port, https://chainferry.corp.example.`,
  );
}

function trusting(ranges: readonly string[]): Door["trusts"] {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address);
    if (family === 0)
      throw new Error(`CHAINFERRY_TRUSTED_PROXIES holds ${range}: it takes addresses and ranges.`);
    const length = Number(bits ?? (family === 4 ? 32 : 128));
    if (!Number.isInteger(length) || length > (family === 4 ? 32 : 128))
      throw new Error(`CHAINFERRY_TRUSTED_PROXIES holds ${range}, which is no range.`);
    // Whoever is trusted says who asks.
    if (length < 8)
      throw new Error(
        `CHAINFERRY_TRUSTED_PROXIES holds ${range}, which is nearly everybody: name the proxies.`,
      );
    list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}
