import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { decodeText } from "@/lib/files/read-text-file";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Read by Node itself before any file of ours. */
export const READ_BY_NODE = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"] as const;

/** Those that name a file or folder: in the file of settings they are seen from its own folder, in a release's environment from the user's. */
export const PATH_VARIABLES: ReadonlySet<string> = new Set([
  ...["CHAINFERRY_DATA", "CHAINFERRY_TLS_CERT", "CHAINFERRY_TLS_KEY", "CHAINFERRY_SECRET_KEY_FILE"],
  ...["CHAINFERRY_OIDC_CA", "CHAINFERRY_LDAP_CA", "NODE_EXTRA_CA_CERTS"],
]);

/** `NAME=value`, as shells write it too. */
const LINE = /^(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/;

/**
 * What the file named by `CHAINFERRY_CONFIG` says and the environment does not. Empty without such a file.
 * @throws Error with what to do, when the file can't be read, or holds what would not count as it stands there.
 */
export function readConfigFile(environment: Environment): Record<string, string> {
  const named = environment.CHAINFERRY_CONFIG;
  if (named === undefined || named === "") return {};
  const file = resolve(named);
  const said = readSettings(file);
  const late = READ_BY_NODE.filter((name) => said[name] !== undefined && said[name] !== environment[name]);
  if (late.length > 0) {
    throw new Error(
      `${late.join(", ")} in ${file} would come too late: Node reads it at its start. Set it in the environment; a service is given it by running its "service install" again.`,
    );
  }
  return Object.fromEntries(Object.entries(said).filter(([name]) => environment[name] === undefined));
}

/**
 * The lines of a file of settings: NAME=value, with or without quotes of any kind, # for comments. Backslashes are letters like others. What editors,
 * shells or other readers of such files would take otherwise is refused by its number, never guessed: a password cut off at its # locks an account.
 * Relative paths are the file's. `file`: its absolute path.
 * @throws Error as `readConfigFile`; no value is in its message.
 */
export function readSettings(file: string): Record<string, string> {
  let text: string;
  try {
    text = decodeText(readFileSync(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The file of settings that CHAINFERRY_CONFIG names can't be read: ${why}`);
  }
  if (text.includes("\uFFFD"))
    throw new Error(
      `${file} is not written in UTF-8: save it as UTF-8, in Notepad by "Save as", "Encoding".`,
    );
  const said: Record<string, string> = {};
  text.split(/\r?\n|\r/).forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    const refuse = (why: string): never => {
      throw new Error(`Line ${index + 1} of ${file}: ${why}`);
    };
    const [, name, rest = ""] = LINE.exec(line.trim()) ?? refuse("it is no NAME=value.");
    if (name === undefined) return;
    const value = valueIn(rest, refuse);
    said[name] = PATH_VARIABLES.has(name) && value !== "" ? resolve(dirname(file), value) : value;
  });
  return said;
}

/** `rest`: what stands after the =, without blanks around it. */
function valueIn(rest: string, refuse: (why: string) => never): string {
  const quote = /^["'`]/.exec(rest)?.[0];
  if (quote === undefined) {
    if (/\S#|^#\S/.test(rest))
      refuse("what follows # would not count. Put the value in quotes, or a blank before a comment.");
    return rest.replace(/(?:^|\s+)#.*$/, "");
  }
  const end = rest.indexOf(quote, 1);
  if (end === -1) refuse(`${quote} is not closed. A value is one line.`);
  const behind = rest.slice(end + 1).trim();
  if (behind !== "" && !behind.startsWith("#"))
    refuse(`more follows the closing ${quote}. A value that holds one goes into quotes of another kind.`);
  return rest.slice(1, end);
}
