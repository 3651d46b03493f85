import { resolve } from "node:path";
import { z } from "zod";
import { LINE_PROTOCOLS } from "@/lib/network/line-out";
import { PROXY_VARIABLES } from "@/lib/network/proxy-rules";
import { LOOK_GRACE_MS } from "@/lib/once/look-grace";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { isPostgresUrl, withVerifiedTls } from "./database-url";
import { defaultDataFolder } from "./default-data-folder";
import { IDENTITY_VARIABLES, type IdentitySettings, readIdentity } from "./identity-config";
import type { ReachSettings } from "./reach";
import type { SecretKeySettings } from "./secret-keys";
import { shownValue } from "./shown-value";

/** How many polls an unanswered call is looked for beside a sandbox, which answers at once. */
export const GRACE_POLLS = 20;

const Env = z.object({
  CHAINFERRY_CONFIG: z
    .string()
    .optional()
    .describe("File of these settings, NAME=value a line; the environment counts before it"),
  CHAINFERRY_DATA: z
    .string()
    .min(1)
    .describe("Folder of the embedded store, of the key of secrets and of interrupted uploads"),
  DATABASE_URL: z
    .string()
    .min(1)
    .refine(isPostgresUrl, {
      error:
        "It is read as no address of PostgreSQL: in names and passwords write / # ? : @ % as %2F %23 %3F %3A %40 %25",
    })
    .optional()
    .describe(
      "PostgreSQL instead of the embedded store: postgresql://user:password@host:5432/database; on another machine with sslmode=verify-full unless it says another",
    ),
  CHAINFERRY_ENGINE: z
    .enum(["in_process", "separate"])
    .default("in_process")
    .describe("Whether the dashboard runs migrations itself, or workers beside it do (PostgreSQL only)"),
  CHAINFERRY_POLL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(3_000)
    .describe("Milliseconds between looks at RDS and folders; the unit of every wait"),
  CHAINFERRY_LOOK_GRACE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(LOOK_GRACE_MS)
    .describe("Milliseconds for which an unanswered call must stay invisible before it is repeated"),
  CHAINFERRY_PRIVATE_ENDPOINTS: z
    .string()
    .default("")
    .refine(
      (text) => listOf(text).every((entry) => /^[0-9a-z.:-]+(\/\d{1,3})?$/i.test(entry)),
      "a list by commas",
    )
    .describe(
      "Addresses, ranges and names by commas (10.20.0.0/16, oss.corp.example) that a connection's endpoint may name beside public ones",
    ),
  CHAINFERRY_SECRET_KEY: z
    .string()
    .refine(isKey, "32 bytes in base64")
    .optional()
    .describe("Key of the saved secrets, 32 bytes in base64; without it secret.key of the data folder"),
  CHAINFERRY_SECRET_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe("File that holds it elsewhere than in the data folder; made when it is missing"),
  CHAINFERRY_SECRET_KEY_COMMAND: z
    .string()
    .min(1)
    .optional()
    .describe("Command that prints it at the start, of a KMS for one; run by the system's shell"),
  CHAINFERRY_SECRET_KEY_OLD: z
    .string()
    .refine((text) => listOf(text).every(isKey), "keys of 32 bytes in base64, by commas")
    .optional()
    .describe("Keys before, by commas: they open what they sealed until rotate-key has sealed it anew"),
  CHAINFERRY_SIGN_IN: z
    .enum(["off", "required"])
    .default("required")
    .describe(
      "required: people sign in; off: whoever opens the page on this machine is the local administrator",
    ),
  CHAINFERRY_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe(
      "Address to listen on; 0.0.0.0: all of this machine. Beyond 127.0.0.1 with CHAINFERRY_PUBLIC_URL",
    ),
  CHAINFERRY_PUBLIC_URL: z
    .string()
    .min(1)
    .optional()
    .describe(
      "How browsers elsewhere name the dashboard: https://chainferry.corp.example; other names are refused",
    ),
  CHAINFERRY_TLS_CERT: z
    .string()
    .min(1)
    .optional()
    .describe(
      "File of the dashboard's own certificate, and those between it and a root (PEM); read again when it changes",
    ),
  CHAINFERRY_TLS_KEY: z.string().min(1).optional().describe("File of its key (PEM)"),
  CHAINFERRY_TRUSTED_PROXIES: z
    .string()
    .default("")
    .describe(
      "Addresses and ranges of the proxies before the dashboard, by commas; forwarded headers count from them only",
    ),
  CHAINFERRY_PLAIN_HTTP: z
    .enum(["refused", "accepted"])
    .default("refused")
    .describe("accepted: an http:// public address, over which passwords travel in clear"),
  ...IDENTITY_VARIABLES,
  CHAINFERRY_METRICS_TOKEN: z
    .string()
    .min(16, "16 characters or more")
    .optional()
    .describe("Bearer token by which /metrics is read from elsewhere; without it from this machine only"),
  CHAINFERRY_AUDIT_TO: z
    .string()
    .refine(isLineTarget, `${LINE_PROTOCOLS.map((protocol) => `${protocol}//`).join(", ")}, without a user`)
    .optional()
    .describe(
      "Where each entry of the audit is sent as well: syslog+tls://collector:6514, syslog+tcp://collector:601, file:///var/log/audit.jsonl",
    ),
  CHAINFERRY_LOG: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("warn")
    .describe("How much is written to stderr"),
  HTTPS_PROXY: z
    .string()
    .optional()
    .describe("Proxy for OSS, RDS and RAM over HTTPS: http://user:password@host:port; lower-case names too"),
  HTTP_PROXY: z.string().optional().describe("The same for own endpoints that are plain HTTP"),
  NO_PROXY: z
    .string()
    .optional()
    .describe(
      "What is reached without a proxy: domains with all below them, addresses, ranges; with or without :port",
    ),
  CHAINFERRY_PROXY_LOOPBACK: z
    .enum(["0", "1"])
    .default("0")
    .describe("1: also what this machine answers itself is sent through the proxy"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .optional()
    .describe(
      "Collector of traces, OTLP over HTTP: http://127.0.0.1:4318; the other OTEL_ variables of traces count as well",
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe("What it is sent besides, name=value by commas, a token for one"),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z
    .string()
    .optional()
    .describe("The same for traces alone, with its whole path; counts before it"),
  ALIBABA_CLOUD_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe("AccessKey of this machine's own credentials, which Alibaba Cloud's default chain takes first"),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: z.string().optional().describe("Its secret"),
  ALIBABA_CLOUD_SECURITY_TOKEN: z.string().optional().describe("Its STS token, where it is a temporary one"),
  ALIBABA_CLOUD_REGION_ID: z.string().optional().describe("Region of the bucket that upload sends to"),
  CHROMIUM_PATH: z
    .string()
    .optional()
    .describe("Browser that prints a record, where none is found by itself"),
  NODE_EXTRA_CA_CERTS: z
    .string()
    .optional()
    .describe("File of certificate authorities (PEM) that are trusted besides the usual ones; read by Node"),
});

function isLineTarget(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isKnown = LINE_PROTOCOLS.some((known) => known === protocol);
  return isKnown && (protocol === "file:") === (hostname === "") && username === "" && password === "";
}

function isKey(text: string): boolean {
  return Buffer.from(text, "base64").length === 32;
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export interface ConfigVariable {
  name: string;
  /** As it counts; secrets, and a password in a URL, are hidden. Null: not set, and there is no default. */
  value: string | number | null;
  from: "environment" | "file" | "default";
  about: string;
}

/** Of every variable that the product reads. */
export function variableNames(): ReadonlySet<string> {
  return new Set(Object.keys(Env.shape));
}

/**
 * Every variable that the product reads, with what counts and where it comes from; `fromFile`: the names that `readConfigFile` gave.
 * Throws as `readConfig` does.
 */
export function describeConfig(
  environment: Readonly<Record<string, string | undefined>>,
  fromFile: ReadonlySet<string> = new Set(),
): ConfigVariable[] {
  const env = parseEnvironment(environment);
  const placeOf = (name: string) => (fromFile.has(name) ? "file" : "environment");
  return Object.entries(Env.shape).map(([name, schema]) => {
    const inLowerCase = PROXY_VARIABLES.some((proxy) => proxy === name)
      ? environment[name.toLowerCase()]
      : undefined;
    const value = inLowerCase ?? env[name as keyof typeof env] ?? null;
    return {
      name,
      value: typeof value === "string" ? shownValue(name, value) : value,
      from: inLowerCase === undefined && environment[name] === undefined ? "default" : placeOf(name),
      about: schema.description ?? "",
    };
  });
}

export interface Config {
  dataFolder: string;
  databaseUrl: string | null;
  engine: "in_process" | "separate";
  pollMs: number;
  lookGraceMs: number;
  /** Endpoints beside public ones that an administrator allows. */
  privateEndpoints: string[];
  /** Where a sandbox listens that belongs to this start; never from the environment. */
  sandbox: SandboxEndpoints | null;
  logLevel: string;
  /** Where the key of the secrets is; null: in the data folder. */
  secretKey: SecretKeySettings | null;
  /** A URL; null: the audit stays here. */
  auditTo: string | null;
  signIn: "off" | "required";
}

/** Reads the environment once. Throws an Error that names every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const env = parseEnvironment(environment);
  return {
    dataFolder: resolve(env.CHAINFERRY_DATA),
    databaseUrl: env.DATABASE_URL === undefined ? null : withVerifiedTls(env.DATABASE_URL),
    engine: env.CHAINFERRY_ENGINE,
    pollMs: env.CHAINFERRY_POLL_MS,
    lookGraceMs: env.CHAINFERRY_LOOK_GRACE_MS,
    privateEndpoints: listOf(env.CHAINFERRY_PRIVATE_ENDPOINTS),
    sandbox: null,
    logLevel: env.CHAINFERRY_LOG,
    secretKey: secretKeyOf(env),
    auditTo: env.CHAINFERRY_AUDIT_TO ?? null,
    signIn: env.CHAINFERRY_SIGN_IN,
  };
}

function secretKeyOf(env: z.infer<typeof Env>): SecretKeySettings | null {
  const [key, file, command] = [
    env.CHAINFERRY_SECRET_KEY ?? null,
    env.CHAINFERRY_SECRET_KEY_FILE ?? null,
    env.CHAINFERRY_SECRET_KEY_COMMAND ?? null,
  ];
  const given = [key, file, command].filter((each) => each !== null);
  if (given.length > 1)
    throw new Error(
      "Of CHAINFERRY_SECRET_KEY, CHAINFERRY_SECRET_KEY_FILE and CHAINFERRY_SECRET_KEY_COMMAND one counts: leave the others out.",
    );
  const old = listOf(env.CHAINFERRY_SECRET_KEY_OLD ?? "");
  return given.length + old.length === 0 ? null : { key, file, command, old };
}

/** Of the same: how the dashboard is to be reached. Throws as `readConfig` does. */
export function readReach(environment: Readonly<Record<string, string | undefined>>): ReachSettings {
  const env = parseEnvironment(environment);
  return {
    host: env.CHAINFERRY_HOST,
    publicUrl: env.CHAINFERRY_PUBLIC_URL ?? null,
    tlsCertFile: env.CHAINFERRY_TLS_CERT ?? null,
    tlsKeyFile: env.CHAINFERRY_TLS_KEY ?? null,
    trustedProxies: listOf(env.CHAINFERRY_TRUSTED_PROXIES),
    plainHttp: env.CHAINFERRY_PLAIN_HTTP,
    metricsToken: env.CHAINFERRY_METRICS_TOKEN ?? null,
  };
}

/** Of the same: who else knows people. Throws as `readConfig` does, and for a file that can't be read. */
export function readIdentitySettings(
  environment: Readonly<Record<string, string | undefined>>,
): IdentitySettings {
  return readIdentity(parseEnvironment(environment));
}

function parseEnvironment(environment: Readonly<Record<string, string | undefined>>): z.infer<typeof Env> {
  // One by one: Windows knows a variable by its name in any case, the list of all only by one.
  const named = Object.keys(Env.shape).map((name) => [name, environment[name]]);
  const parsed = Env.safeParse({
    ...Object.fromEntries(named),
    CHAINFERRY_DATA: environment.CHAINFERRY_DATA ?? defaultDataFolder(environment),
  });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path: [key], message }) => {
    const name = String(key);
    const value = environment[name] ?? "";
    const what =
      value === "" ? "is empty: give it a value, or leave it out" : `is ${shownValue(name, value)}`;
    const about = Env.shape[name as keyof typeof Env.shape].description;
    return `  ${name} ${what}. ${message}. ${about}.`;
  });
  throw new Error(`These settings are not usable:\n${lines.join("\n")}`);
}
