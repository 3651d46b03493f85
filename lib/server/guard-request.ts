import { AppError } from "@/lib/diagnosis/app-error";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who may talk to a server without sign-in: only a page that came from this very address. A foreign name that resolves to
 * 127.0.0.1 (DNS rebinding) shows in Host; a form of a foreign page shows in Origin or Sec-Fetch-Site. Throws `forbidden`.
 */
export function guardRequest(request: Request): void {
  const host = request.headers.get("host") ?? "";
  requireOwnHost(host);
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && !isOriginOf(origin, host)) throw new AppError("forbidden", "cross_site_request");
  if (site === "cross-site" || site === "same-site") throw new AppError("forbidden", "cross_site_request");
  if (READING.has(request.method)) return;
  if (origin === null && site !== "same-origin" && site !== "none") {
    throw new AppError("forbidden", "cross_site_request");
  }
}

/** Throws `forbidden` for a Host header that is not a name of this machine. */
export function requireOwnHost(host: string): void {
  if (LOOPBACK.has(hostName(host))) return;
  throw new AppError("forbidden", "host_not_allowed", { host: host.slice(0, 200) });
}

function hostName(host: string): string {
  return host.replace(/:\d{1,5}$/, "").toLowerCase();
}

function isOriginOf(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === "http:" && url.host === host.toLowerCase().replace(/:80$/, "");
}
