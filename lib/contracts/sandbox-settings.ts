import { z } from "zod";

/** `auto`: until there is a connection that is not the sandbox's. */
export const SANDBOX_STARTS = ["auto", "on", "off"] as const;

/** What the next start of the dashboard does about the sandbox, unless its command says otherwise. */
export const SandboxChoice = z.strictObject({
  start: z.enum(SANDBOX_STARTS),
  /** Names joined by commas. */
  scenario: z.string().trim().min(1).max(300),
  /** Sandbox seconds in a real one. */
  timeFactor: z.number().min(1).max(3_600),
});
export type SandboxChoice = z.infer<typeof SandboxChoice>;

/** GET and PUT /api/sandbox. */
export const SandboxSettings = z.object({
  choice: SandboxChoice,
  /** Whether the next start has one, by that choice. */
  startsNext: z.boolean(),
  /** What is played now; null: none runs beside this process. */
  playing: z.string().nullable(),
  /** Names of all scenarios. */
  scenarios: z.array(z.string()),
});
export type SandboxSettings = z.infer<typeof SandboxSettings>;
