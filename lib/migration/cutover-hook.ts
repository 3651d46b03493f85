import { z } from "zod";
import { HOOK_MOMENTS, HOOK_OTHERWISE } from "./vocabulary/hook-moment";

const LONGEST_URL = 2_000;
const LONGEST_SECRET = 500;

const settings = {
  moments: z.array(z.enum(HOOK_MOMENTS)).min(1),
  otherwise: z.enum(HOOK_OTHERWISE),
  /** Of one call. */
  timeoutSeconds: z.number().int().min(1).max(60),
  /** How long `wait` waits; then the cutover is taken back: no hook keeps a source closed. */
  waitMinutes: z.number().int().min(1).max(60),
};

/** An address that is called before and after the phases of a cutover, as a person sets it. */
export const HookWish = z.strictObject({
  /** Null on a change: as it was. */
  url: z.url().max(LONGEST_URL).nullable(),
  /** What signs, as `whsec_…` or plain; empty: unsigned. Null on a change: as it was. */
  secret: z.string().max(LONGEST_SECRET).nullable(),
  ...settings,
});
export type HookWish = z.infer<typeof HookWish>;

/** What everybody may see of it. */
export const HookView = z.object({ host: z.string(), signed: z.boolean(), ...settings });
export type HookView = z.infer<typeof HookView>;

/** The same as the migration's row keeps it: address and secret sealed, only the host is shown. */
export const KeptHook = HookView.extend({ urlSealed: z.string(), secretSealed: z.string() });
export type KeptHook = z.infer<typeof KeptHook>;

/** Where a hook's sealed texts are kept. */
export const hookRow = (migrationId: string): string => `Migration/${migrationId}/hook`;
