import { z } from "zod";
import { IdentityKind } from "./identity";

/** A provider or a directory by which people come in, as it is set and how it does. */
const WayIn = z.object({
  kind: IdentityKind,
  name: z.string(),
  /** Of a secret the value is null, and nobody reads it. */
  settings: z.array(z.object({ variable: z.string(), value: z.string().nullable() })),
  /** When somebody last came in by it. */
  lastDoneAt: z.iso.datetime().nullable(),
  /** When somebody was last refused, and why, as `error.<reason>` says it. */
  lastRefused: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
});
export type WayIn = z.infer<typeof WayIn>;

export const WaysInView = z.object({
  ways: z.array(WayIn),
  /** How many people have a password here, of those who are not shut out. */
  withPassword: z.number(),
  /** How many have a passkey, by the name that it belongs to. */
  passkeys: z.array(z.object({ host: z.string(), people: z.number() })),
});
export type WaysInView = z.infer<typeof WaysInView>;

export const WayInput = z.strictObject({ kind: IdentityKind });
export const WayTriedView = z.object({ host: z.string(), missingGroups: z.array(z.string()) });
export type WayTriedView = z.infer<typeof WayTriedView>;
