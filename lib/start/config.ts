import { resolve } from "node:path";
import { z } from "zod";
import { LOOK_GRACE_MS } from "@/lib/once/look-grace";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** How many polls an unanswered call is looked for beside a sandbox, which answers at once. */
export const GRACE_POLLS = 20;

const Env = z.object({
  CHAINFERRY_DATA: z.string().min(1).default(".data"),
  DATABASE_URL: z.string().min(1).optional(),
  CHAINFERRY_ENGINE: z.enum(["in_process", "separate"]).default("in_process"),
  /** Milliseconds between looks at RDS and folders; the unit of every wait. */
  CHAINFERRY_POLL_MS: z.coerce.number().int().min(50).max(60_000).default(3_000),
  /** Milliseconds for which an unanswered call must stay invisible before it is repeated; the default fits RDS. */
  CHAINFERRY_LOOK_GRACE_MS: z.coerce.number().int().min(1_000).default(LOOK_GRACE_MS),
  CHAINFERRY_LOG: z.enum(["silent", "error", "warn", "info", "debug"]).default("warn"),
});

export interface Config {
  dataFolder: string;
  databaseUrl: string | null;
  engine: "in_process" | "separate";
  pollMs: number;
  lookGraceMs: number;
  /** Where a sandbox listens that belongs to this start; never from the environment. */
  sandbox: SandboxEndpoints | null;
  logLevel: string;
}

/** Reads the environment once. Throws an Error that names every variable that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Env.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  return {
    dataFolder: resolve(env.CHAINFERRY_DATA),
    databaseUrl: env.DATABASE_URL ?? null,
    engine: env.CHAINFERRY_ENGINE,
    pollMs: env.CHAINFERRY_POLL_MS,
    lookGraceMs: env.CHAINFERRY_LOOK_GRACE_MS,
    sandbox: null,
    logLevel: env.CHAINFERRY_LOG,
  };
}
