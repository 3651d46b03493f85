import { ATTEMPT_MS, LONGEST_MS, PASSKEY_MS } from "@/lib/services/people/session-limits";
import { ORIGIN_HEADER } from "./door";

type CookieOf = "chainferry" | "chainferry-attempt" | "chainferry-passkey";

/**
 * Of one name each port is a server of its own, but browsers keep one jar for all of them. Over TLS the name itself says that no other
 * host and no page in clear has set it (RFC 6265bis, `__Host-`).
 */
function cookieName(origin: string, of: CookieOf = "chainferry"): string {
  const { protocol, port } = new URL(origin);
  return protocol === "https:" ? `__Host-${of}-${port || "443"}` : `${of}-${port || "80"}`;
}

/** The session's token that a request carries, by the origin of our pages for it and its `Cookie`; null: none. */
export function sessionToken(origin: string, cookies: string): string | null {
  if (!URL.canParse(origin)) return null;
  const token = cookieOf(cookieName(origin), cookies);
  return /^[A-Za-z0-9_-]{1,200}$/.test(token) ? token : null;
}

/** What a browser keeps of its attempt to sign in at a provider, sealed; null: nothing. */
export function readAttemptCookie(request: Request): string | null {
  return readSealed(request, "chainferry-attempt");
}

/** The same of an attempt with a passkey. */
export function readPasskeyCookie(request: Request): string | null {
  return readSealed(request, "chainferry-passkey");
}

function readSealed(request: Request, of: CookieOf): string | null {
  const origin = ownOrigin((name) => request.headers.get(name));
  if (!URL.canParse(origin)) return null;
  const sealed = cookieOf(cookieName(origin, of), request.headers.get("cookie") ?? "");
  return /^[A-Za-z0-9_.-]{1,3000}$/.test(sealed) ? sealed : null;
}

/** Gives it to a browser for as long as somebody may be away; null takes it back. */
export function attemptCookie(request: Request, sealed: string | null): string {
  return cookie(request, sealed ?? "", sealed === null ? 0 : ATTEMPT_MS / 1000, "chainferry-attempt");
}

/** The same of an attempt with a passkey. */
export function passkeyCookie(request: Request, sealed: string | null): string {
  return cookie(request, sealed ?? "", sealed === null ? 0 : PASSKEY_MS / 1000, "chainferry-passkey");
}

function cookieOf(name: string, cookies: string): string {
  const prefix = `${name}=`;
  const pair = cookies.split(/; */).find((each) => each.startsWith(prefix));
  return pair?.slice(prefix.length) ?? "";
}

/** Gives a browser its session. No script reads it, and no foreign page's form sends it. */
export function sessionCookie(request: Request, token: string): string {
  return cookie(request, token, LONGEST_MS / 1000);
}

/** Takes it back. */
export function noSessionCookie(request: Request): string {
  return cookie(request, "", 0);
}

function cookie(request: Request, value: string, seconds: number, of: CookieOf = "chainferry"): string {
  const origin = ownOrigin((name) => request.headers.get(name));
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${cookieName(origin, of)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** The origin of our pages for whoever sent a request, as its door found it. `get`: one of the request's headers. */
export function ownOrigin(get: (header: string) => string | null): string {
  return get(ORIGIN_HEADER) ?? `http://${get("host") ?? ""}`;
}
