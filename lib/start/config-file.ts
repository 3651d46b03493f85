import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { decodeText } from "@/lib/files/read-text-file";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Read by Node itself before any file of ours. */
const TOO_LATE = ["NODE_EXTRA_CA_CERTS"];

/**
 * What the file named by `CHAINFERRY_CONFIG` says (lines of NAME=value, # for comments, as Node reads them:
 * https://nodejs.org/docs/latest-v20.x/api/util.html#utilparseenvcontent) and the environment does not. Empty without such a file.
 * @throws Error with what to do, when the file can't be read or names what would not count.
 */
export function readConfigFile(environment: Environment): Record<string, string> {
  const named = environment.CHAINFERRY_CONFIG;
  if (named === undefined || named === "") return {};
  const file = resolve(named);
  let text: string;
  try {
    text = decodeText(readFileSync(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The file of settings that CHAINFERRY_CONFIG names can't be read: ${why}`);
  }
  const said = parsed(text);
  const late = TOO_LATE.filter((name) => said[name] !== undefined);
  if (late.length > 0) {
    throw new Error(
      `${late.join(", ")} in ${file} would come too late: Node reads it at its start. Set it in the environment.`,
    );
  }
  return Object.fromEntries(Object.entries(said).filter(([name]) => environment[name] === undefined));
}

function parsed(text: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parseEnv(text)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
