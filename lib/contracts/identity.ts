import { z } from "zod";

/** Who else than the product itself says who somebody is. */
export const IDENTITY_KINDS = ["openid", "directory"] as const;
export const IdentityKind = z.enum(IDENTITY_KINDS);
export type IdentityKind = z.infer<typeof IdentityKind>;

const named = z.object({ name: z.string() });

/** By which ways one may come in beside a name and password of ours, for the sign-in page. */
export const SignInWays = z.object({
  openid: named.nullable(),
  directory: named.nullable(),
  /** Whether there are passkeys of the address that was asked. */
  passkey: z.boolean(),
});
export type SignInWays = z.infer<typeof SignInWays>;

/** Why somebody is sent to a provider: to come in, or to show again who they are. */
export const AttemptPurpose = z.enum(["sign_in", "proof"]);
export type AttemptPurpose = z.infer<typeof AttemptPurpose>;

/** `next`: the page that was wanted. */
export const AttemptInput = z.strictObject({ next: z.string().max(500) });
/** Where the browser signs out at the provider too; null: nowhere. */
export const SignedOut = z.object({ url: z.string().nullable() });
/** Where the browser goes. */
export const AttemptView = z.object({ url: z.string() });
/** The query with which the provider sent the browser back. */
export const ProviderAnswer = z.strictObject({ answer: z.string().max(8_000) });
export const ProviderTaken = z.object({ purpose: AttemptPurpose, next: z.string() });
export type ProviderTaken = z.infer<typeof ProviderTaken>;
