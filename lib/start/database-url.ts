import { isIP } from "node:net";

/**
 * `DATABASE_URL` as it is used: a server on another machine is asked for TLS with its name and chain verified
 * (`sslmode=verify-full`, https://www.postgresql.org/docs/17/libpq-ssl.html) unless the address says another mode itself;
 * `sslmode=disable` is for a network that is yours alone. What can't be read as a URL is left to PostgreSQL's client.
 */
export function withVerifiedTls(databaseUrl: string): string {
  let url: URL;
  try {
    url = new URL(databaseUrl);
  } catch {
    return databaseUrl;
  }
  if (url.searchParams.has("sslmode") || url.searchParams.has("ssl") || isOnThisMachine(url))
    return databaseUrl;
  return `${databaseUrl}${url.search === "" ? "?" : "&"}sslmode=verify-full`;
}

/** Whether PostgreSQL's client finds a server in it; of what it can't read it makes one of its own, and asks for that. */
export function isPostgresUrl(databaseUrl: string): boolean {
  // A socket of the file system: https://node-postgres.com/features/connecting#unix-domain-sockets
  if (/^(?:\/|socket:)/.test(databaseUrl)) return true;
  return /^postgres(?:ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl);
}

/** Loopback, or a socket of the file system. */
function isOnThisMachine({ hostname, searchParams }: URL): boolean {
  const host = (searchParams.get("host") ?? decodeURIComponent(hostname)).replace(/^\[|\]$/g, "");
  if (host === "" || host === "localhost" || host.startsWith("/")) return true;
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
