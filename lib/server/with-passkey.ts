import type { Ctx } from "@/lib/context/context";
import {
  type PasskeyAnswer,
  PasskeyCreation,
  type PasskeyInput,
  PasskeyRequest,
} from "@/lib/contracts/passkey";
import { addPasskey, beginPasskey } from "@/lib/services/people/passkeys";
import {
  beginPasskeyProof,
  beginPasskeySignIn,
  proveByPasskey,
  signInByPasskey,
} from "@/lib/services/people/use-passkey";
import { withCookies } from "./at-provider";
import { passkeyCookie, readPasskeyCookie, sessionCookie } from "./session-cookie";

// An attempt lies in the browser's cookie; one that was good is taken back.

export async function passkeyBegun(ctx: Ctx, request: Request): Promise<Response> {
  const { creation, attempt } = await beginPasskey({ ctx });
  return withCookies(PasskeyCreation.parse(creation), [passkeyCookie(request, attempt)]);
}

export async function passkeyAdded(ctx: Ctx, request: Request, input: PasskeyInput): Promise<Response> {
  await addPasskey({ ctx, input: { ...input, attempt: readPasskeyCookie(request) } });
  return withCookies(null, [passkeyCookie(request, null)]);
}

export async function passkeyAsked(
  ctx: Ctx,
  request: Request,
  purpose: "sign_in" | "proof",
): Promise<Response> {
  const begun = purpose === "sign_in" ? beginPasskeySignIn({ ctx }) : await beginPasskeyProof({ ctx });
  return withCookies(PasskeyRequest.parse(begun.request), [passkeyCookie(request, begun.attempt)]);
}

export async function signedInByPasskey(
  ctx: Ctx,
  request: Request,
  answer: PasskeyAnswer,
): Promise<Response> {
  const { token } = await signInByPasskey({ ctx, input: { answer, attempt: readPasskeyCookie(request) } });
  return withCookies(null, [passkeyCookie(request, null), sessionCookie(request, token)]);
}

export async function provedByPasskey(ctx: Ctx, request: Request, answer: PasskeyAnswer): Promise<Response> {
  await proveByPasskey({ ctx, input: { answer, attempt: readPasskeyCookie(request) } });
  return withCookies(null, [passkeyCookie(request, null)]);
}
