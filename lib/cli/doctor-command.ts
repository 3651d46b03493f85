import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "@/lib/context/context";
import type { Difference, ObservedAnswer } from "@/lib/diagnosis/answer-assumption";
import { isAppError } from "@/lib/diagnosis/app-error";
import { type DoctorReport, examine } from "@/lib/services/doctor/examine";
import { assertConfiguredStore } from "@/lib/start/check-configured-store";
import { type Config, readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";
import { startSandbox } from "@/sandbox/start-sandbox";
import { errorSentence } from "./error-sentence";
import { judgeAnswer } from "./judge-answer";
import { textTable } from "./text-table";

export interface DoctorOptions {
  json: boolean;
  /** A file to share; made anew: none is ever replaced. */
  out?: string;
  connection?: string;
  bucket?: string;
  instance?: string;
  database?: string;
  /** Of a sandbox started for this, instead of the configured store's connections. */
  sandbox: boolean;
  scenario: string;
}

const DOCTOR: Actor = { kind: "person", id: "terminal", name: "terminal", role: "operator" };

/**
 * `chainferry doctor`: makes every reading call against the configured connections, compares what comes with what the code
 * assumes, says what differs, and writes all of it redacted into a file to share. Returns the exit code: 0 only when
 * everything was asked and agreed; 1 otherwise, and when there is nothing to ask or the store can't be opened.
 */
export async function runDoctorCommand(
  options: DoctorOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  try {
    const report = options.sandbox
      ? await examineSandbox(options)
      : await examineConfigured(readConfig(environment), options);
    if (options.out !== undefined) {
      await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    }
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${sentences(report, options)}\n`);
    return report.agreed ? 0 : 1;
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`chainferry doctor: ${errorSentence(error)}\n`);
    const hint = HINTS[error.fields.reason];
    if (hint !== undefined) process.stderr.write(`${hint}\n`);
    return 1;
  }
}

const HINTS: Readonly<Record<string, string>> = {
  store_locked: "The running dashboard has this store. Stop it for the few seconds that this takes.",
  connection_not_found: "There is no such connection. Make one in the dashboard under Connections first.",
};

async function examineConfigured(config: Config, options: DoctorOptions): Promise<DoctorReport> {
  await assertConfiguredStore(config);
  return examineWith(config, options);
}

async function examineSandbox(options: DoctorOptions): Promise<DoctorReport> {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-doctor-"));
  const sandbox = await startSandbox({ folder: join(folder, "sandbox"), scenario: options.scenario });
  try {
    const environment = { CHAINFERRY_DATA: folder, CHAINFERRY_LOG: "error" };
    return await examineWith({ ...readConfig(environment), sandbox: sandbox.endpoints }, options);
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function examineWith(config: Config, options: DoctorOptions): Promise<DoctorReport> {
  const answers: ObservedAnswer[] = [];
  const runtime = await startRuntime(
    { ...config, engine: "separate" },
    { runsSteps: false, onAnswer: (answer) => void answers.push(answer) },
  );
  try {
    const { connection = null, bucket = null, instance = null, database = null } = options;
    const input = {
      connection,
      bucket,
      instanceId: instance,
      database,
      observed: { answers, judge: judgeAnswer },
    };
    return await examine({ ctx: runtime.ctxFor(DOCTOR), input });
  } finally {
    await runtime.stop();
  }
}

function sentences(report: DoctorReport, { out }: DoctorOptions): string {
  const lines: string[] = [];
  for (const { connection, kind, calls } of report.connections) {
    const rows = calls.map(({ system, asked, about, outcome, code, elapsedMs, differences }) => [
      system,
      asked,
      about ?? "",
      outcome === "answered" ? (differences.length === 0 ? "as assumed" : "DIFFERS") : `REFUSED ${code}`,
      String(elapsedMs),
    ]);
    lines.push(
      `${connection}  ${kind}`,
      textTable(["System", "Asked", "About", "Answer", "ms"], rows, [4]),
      "",
    );
    for (const { asked, message, differences } of calls) {
      if (message !== null) lines.push(`${asked}: ${message}`);
      for (const difference of differences) lines.push(`${asked}: ${told(difference)}`);
    }
  }
  const { unknownMessages, refused, differences } = report;
  if (unknownMessages.length > 0) {
    lines.push("", "Met by migrations, and explained by no text:");
    for (const { system, code, message, count } of unknownMessages)
      lines.push(`  ${system} ${code} (${count} times): ${message}`);
  }
  const count = report.connections.reduce((sum, { calls }) => sum + calls.length, 0);
  lines.push(
    "",
    report.agreed
      ? `${count} questions asked: every answer is as assumed.`
      : `${count} questions asked: ${refused} refused, ${differences} differences.`,
  );
  if (out !== undefined) lines.push(`Written to ${out}: look it through, then share it with an issue.`);
  return lines.join("\n");
}

function told({ kind, at, found }: Difference): string {
  switch (kind) {
    case "missing_field":
      return `the field ${at} is missing, and is needed`;
    case "unknown_field":
      return `the field ${at} is not known here`;
    case "unknown_word":
      return `${at} is "${found}", a word that is not known here`;
    case "unknown_code":
      return `answered with the code ${found}, which is not known here`;
    case "unknown_header":
      return `a backup in a layout that is not known here (${found})`;
    case "unknown_call":
      return `${at} was called, of whose answer nothing is assumed here`;
  }
}
