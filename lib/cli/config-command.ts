import { describeConfig } from "@/lib/start/config";
import { strangeNamesWarning } from "@/lib/start/strange-names";
import { textTable } from "./text-table";

/**
 * `chainferry config`: every variable that the product reads, what counts, and whether the environment or the file of settings says it. Secrets are
 * hidden. Names that nothing reads are told on stderr. Returns the exit code: 1 when a variable can't be used; then stderr names each.
 */
export function runConfigCommand(
  environment: Readonly<Record<string, string | undefined>>,
  options: { json: boolean },
  fromFile: ReadonlySet<string> = new Set(),
): number {
  try {
    const variables = describeConfig(environment, fromFile);
    const rows = variables.map(({ name, value, from, about }) => [name, String(value ?? "–"), from, about]);
    const text = options.json
      ? JSON.stringify(variables, null, 2)
      : textTable(["Variable", "Value", "From", "What it is"], rows, []);
    process.stdout.write(`${text}\n`);
    const warning = strangeNamesWarning(environment, fromFile);
    if (warning !== null) process.stderr.write(`chainferry config: ${warning}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`chainferry config: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
