import { z } from "zod";

/** Longest of what browsers send here: keys and signatures of today's devices have some hundred bytes. */
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(16_000);
const name = z.string().trim().min(1).max(60);

/** How a browser may reach a device, as it says itself; what browsers say later is only kept. */
const transports = z.array(z.string().max(20)).max(10);
const Descriptor = z.object({ type: z.literal("public-key"), id: z.string(), transports });

/** COSE's numbers of the signatures that are taken: ES256, Ed25519, RS256. https://www.iana.org/assignments/cose/cose.xhtml */
export const PASSKEY_ALGORITHMS: readonly number[] = [-7, -8, -257];

/** One of somebody's passkeys, as they see it. */
export const PasskeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Name of the address that it belongs to. */
  host: z.string(),
  addedAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;
export const PasskeyListView = z.object({
  passkeys: z.array(PasskeyView),
  /** Name to which a new one would belong; null: under the address of this page there can be none. */
  host: z.string().nullable(),
});
export type PasskeyListView = z.infer<typeof PasskeyListView>;

/** What a browser makes a new passkey by, as `navigator.credentials.create` wants it. https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.number() })),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal("required"),
    userVerification: z.literal("required"),
  }),
  attestation: z.literal("none"),
  /** Milliseconds. */
  timeout: z.number(),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** What it signs, as `navigator.credentials.get` wants it. https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson */
export const PasskeyRequest = z.object({
  rpId: z.string(),
  challenge: z.string(),
  /** Empty: any that the device has for us. */
  allowCredentials: z.array(Descriptor),
  userVerification: z.literal("required"),
  timeout: z.number(),
});
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

/** What a browser says beside it counts for nothing here. */
const answer = { id: base64url, rawId: base64url, type: z.literal("public-key") };

export const PasskeyMade = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: transports.default([]),
  }),
});
export type PasskeyMade = z.infer<typeof PasskeyMade>;

export const PasskeyAnswer = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullable().default(null),
  }),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const PasskeyInput = z.strictObject({ name, made: PasskeyMade });
export type PasskeyInput = z.infer<typeof PasskeyInput>;
export const PasskeyName = z.strictObject({ name });
