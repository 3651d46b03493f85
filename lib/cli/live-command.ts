import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { type ReadOnlyRun, runReadOnly } from "@/lib/sqlserver/run-read-only";
import type { SourceServerConfig } from "@/lib/sqlserver/source-server";
import { textTable } from "./text-table";

const ABSENT =
  "Skipped: no server is named. Set CHAINFERRY_LIVE_SERVER (host, host,port or host\\instance), CHAINFERRY_LIVE_USER and " +
  "CHAINFERRY_LIVE_PASSWORD to run the read-only statements against one; nothing on it is changed.\n";

/**
 * `chainferry live`, `npm run test:live`: every read-only statement against the server that the environment names. Returns
 * the exit code: 0 also when none is named, 1 when a statement failed, 2 when the server could not be reached.
 */
export async function runLiveCommand(
  environment: Readonly<Record<string, string | undefined>>,
  options: { json: boolean },
): Promise<number> {
  const config = configOf(environment);
  if (config === null) {
    process.stdout.write(options.json ? `${JSON.stringify({ status: "skipped" })}\n` : ABSENT);
    return 0;
  }
  const runs: ReadOnlyRun[] = [];
  try {
    for await (const run of runReadOnly(config, environment.CHAINFERRY_LIVE_DATABASE ?? null)) runs.push(run);
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { reason, providerCode, providerMessage } = failureOf(error);
    process.stderr.write(`${reason}: ${providerCode ?? ""} ${providerMessage ?? ""}\n`);
    return 2;
  }
  const failed = runs.filter(({ outcome }) => outcome.kind === "failed").length;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ status: failed === 0 ? "passed" : "failed", statements: runs })}\n`
      : `${table(runs)}\n${runs.length} statements, ${failed} failed.\n`,
  );
  return failed === 0 ? 0 : 1;
}

function table(runs: readonly ReadOnlyRun[]): string {
  return textTable(
    ["Statement", "ms", "Outcome"],
    runs.map(({ name, elapsedMs, outcome }) => [name, String(elapsedMs), said(outcome)]),
  );
}

function said(outcome: ReadOnlyRun["outcome"]): string {
  switch (outcome.kind) {
    case "rows":
      return `${outcome.rows} rows`;
    case "other_release":
      return "not for this release";
    case "failed":
      return `${outcome.code} ${outcome.message}`;
  }
}

/** Null when no server is named. */
function configOf(environment: Readonly<Record<string, string | undefined>>): SourceServerConfig | null {
  const server = environment.CHAINFERRY_LIVE_SERVER?.trim();
  const user = environment.CHAINFERRY_LIVE_USER;
  const password = environment.CHAINFERRY_LIVE_PASSWORD;
  if (!server || !user || password === undefined) return null;
  const [, host = server, separator, rest = ""] = /^([^\\,]+)([\\,])(.+)$/.exec(server) ?? [];
  return {
    host,
    ...(separator === "\\" ? { instanceName: rest } : separator === "," ? { port: Number(rest) } : {}),
    user,
    password,
    encrypt: encryptionOf(environment.CHAINFERRY_LIVE_ENCRYPT),
    trustServerCertificate: environment.CHAINFERRY_LIVE_TRUST === "1",
  };
}

function encryptionOf(word: string | undefined): SourceServerConfig["encrypt"] {
  switch (word) {
    case "strict":
    case "legacy":
    case "optional":
    case "off":
      return word;
    default:
      return "on";
  }
}
