import type { Ctx } from "@/lib/context/context";
import { type AttemptPurpose, AttemptView, ProviderTaken, SignedOut } from "@/lib/contracts/identity";
import { beginAtProvider, finishAtProvider } from "@/lib/services/people/provider-sign-in";
import { signOut } from "@/lib/services/people/sessions";
import { AttemptLimits } from "./attempt-limits";
import {
  attemptCookie,
  noSessionCookie,
  ownOrigin,
  readAttemptCookie,
  sessionCookie,
} from "./session-cookie";

/** Each has the provider's document read, and its keys later. */
const attempts = new AttemptLimits();

/** Tells the browser where to go, and gives it what it has to bring back. Throws `too_many_attempts`. */
export async function sentToProvider(
  ctx: Ctx,
  request: Request,
  input: { purpose: AttemptPurpose; next: string },
): Promise<Response> {
  attempts.begin(ctx.caller?.address ?? "", ctx.now().getTime());
  const { url, attempt } = await beginAtProvider({ ctx, input: { ...input, origin: originOf(request) } });
  return withCookies(AttemptView.parse({ url }), [attemptCookie(request, attempt)]);
}

/** Takes what the provider sent it back with; an attempt that was good is good no more. */
export async function backFromProvider(ctx: Ctx, request: Request, answer: string): Promise<Response> {
  const attempt = readAttemptCookie(request);
  const { opened, ...taken } = await finishAtProvider({
    ctx,
    input: { attempt, origin: originOf(request), answer },
  });
  const over = attemptCookie(request, null);
  return withCookies(
    ProviderTaken.parse(taken),
    opened === null ? [over] : [over, sessionCookie(request, opened.token)],
  );
}

/** Ends a session here, and tells the browser where it ends at the provider. */
export async function signedOut(ctx: Ctx, request: Request): Promise<Response> {
  const url = await signOut({ ctx, input: { returnTo: `${originOf(request)}/sign-in` } });
  return withCookies(SignedOut.parse({ url }), [noSessionCookie(request)]);
}

const originOf = (request: Request) => ownOrigin((name) => request.headers.get(name));

/** An answer that gives a browser something to keep. */
export function withCookies(body: unknown, cookies: readonly string[]): Response {
  const response = Response.json(body, { headers: { "cache-control": "no-store" } });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
