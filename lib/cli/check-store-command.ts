import { isAppError } from "@/lib/diagnosis/app-error";
import { checkConfiguredStore } from "@/lib/start/check-configured-store";
import { readConfig } from "@/lib/start/config";
import { textTable } from "./text-table";

/**
 * `chainferry check-store`: whether the store that the environment names is sound, what it holds and what is under way in
 * it. Returns the exit code: 0 only when sound; 1 when it is damaged, and when it can't be looked at because there is none,
 * another process holds it or its server does not answer.
 */
export async function runCheckStoreCommand(
  environment: Readonly<Record<string, string | undefined>>,
  options: { json: boolean },
): Promise<number> {
  const config = readConfig(environment);
  try {
    const report = await checkConfiguredStore(config);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${sentences(report)}\n`);
    return report.sound ? 0 : 1;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { reason, params } = error.fields;
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ sound: false, refused: { reason, params } })}\n`);
    }
    process.stderr.write(`chainferry: ${error.message}\n`);
    return 1;
  }
}

function sentences(report: Awaited<ReturnType<typeof checkConfiguredStore>>): string {
  const { kind, place, migrations, counts, findings } = report;
  const damages = findings.filter(({ severity }) => severity === "damage").length;
  const rows = Object.entries(counts).map(([name, count]) => [name, String(count)]);
  const lines = [
    `${kind === "embedded" ? "Embedded store in" : "Store on the PostgreSQL server"} ${place}`,
    `Migrations: ${migrations.applied.length} applied, ${migrations.missing.length} missing, ${migrations.newer.length} newer than this program.`,
  ];
  if (rows.length > 0) lines.push("", textTable(["Table", "Rows"], rows, [1]));
  if (findings.length > 0) lines.push("");
  for (const { severity, check, subject, what } of findings) {
    lines.push(`${severity === "damage" ? "DAMAGE" : "note"}  ${check}: ${subject} ${what}`);
  }
  lines.push(
    "",
    damages === 0 ? "Sound." : `Not sound: ${damages} damaged. Restore a copy, and check it again.`,
  );
  return lines.join("\n");
}
