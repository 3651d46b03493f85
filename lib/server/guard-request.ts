import { AppError } from "@/lib/diagnosis/app-error";
import { isLoopbackHost, ORIGIN_HEADER } from "./door";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who may talk to the API: only a page that came from this very address. A foreign name that resolves to
 * us (DNS rebinding) shows in Host; a form of a foreign page shows in Origin or Sec-Fetch-Site. Throws `forbidden`.
 */
export function guardRequest(request: Request): void {
  const host = request.headers.get("host") ?? "";
  // `guardExchange` has judged Host and says what our origin is; what did not come through it may be of this machine only.
  const own = request.headers.get(ORIGIN_HEADER) ?? loopbackOrigin(host);
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && !isOrigin(origin, own)) throw new AppError("forbidden", "cross_site_request");
  if (site === "cross-site" || site === "same-site") throw new AppError("forbidden", "cross_site_request");
  if (READING.has(request.method)) return;
  if (origin === null && site !== "same-origin" && site !== "none") {
    throw new AppError("forbidden", "cross_site_request");
  }
}

function loopbackOrigin(host: string): string {
  if (isLoopbackHost(host)) return `http://${host}`;
  throw new AppError("forbidden", "host_not_allowed", { host: host.slice(0, 200) });
}

function isOrigin(origin: string, own: string): boolean {
  return URL.canParse(origin) && URL.canParse(own) && new URL(origin).origin === new URL(own).origin;
}
