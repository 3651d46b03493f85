import { LONGEST_MS } from "@/lib/services/people/session-limits";

/** Of a name of this machine each port is a server of its own, but browsers keep one jar for all of them. */
function cookieName(host: string): string {
  return `chainferry-${/:(\d{1,5})$/.exec(host)?.[1] ?? "80"}`;
}

/** The session's token that a request carries, by its `Host` and `Cookie`; null: none. */
export function sessionToken(host: string, cookies: string): string | null {
  const prefix = `${cookieName(host)}=`;
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
  const name = cookieName(request.headers.get("host") ?? "");
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}
