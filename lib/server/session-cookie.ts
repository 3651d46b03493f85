import { LONGEST_MS } from "@/lib/services/people/session-limits";
import { ORIGIN_HEADER } from "./door";

/**
 * Of one name each port is a server of its own, but browsers keep one jar for all of them. Over TLS the name itself says that no other
 * host and no page in clear has set it (RFC 6265bis, `__Host-`).
 */
function cookieName(origin: string): string {
  const { protocol, port } = new URL(origin);
  return protocol === "https:" ? `__Host-chainferry-${port || "443"}` : `chainferry-${port || "80"}`;
}

/** The session's token that a request carries, by the origin of our pages for it and its `Cookie`; null: none. */
export function sessionToken(origin: string, cookies: string): string | null {
  if (!URL.canParse(origin)) return null;
  const prefix = `${cookieName(origin)}=`;
  const pair = cookies.split(/; */).find((each) => each.startsWith(prefix));
  const token = pair?.slice(prefix.length) ?? "";
  return /^[A-Za-z0-9_-]{1,200}$/.test(token) ? token : null;
}

/** Gives a browser its session. No script reads it, and no foreign page's form sends it. */
export function sessionCookie(request: Request, token: string): string {
  return cookie(request, token, LONGEST_MS / 1000);
}

/** Takes it back. */
export function noSessionCookie(request: Request): string {
  return cookie(request, "", 0);
}

function cookie(request: Request, value: string, seconds: number): string {
  const origin = ownOrigin((name) => request.headers.get(name));
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${cookieName(origin)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** The origin of our pages for whoever sent a request, as its door found it. `get`: one of the request's headers. */
export function ownOrigin(get: (header: string) => string | null): string {
  return get(ORIGIN_HEADER) ?? `http://${get("host") ?? ""}`;
}
