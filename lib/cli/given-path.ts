import { readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

/**
 * A path as the user typed it, seen from this process. npm, and the launcher of a release, start commands in Chainferry's own
 * folder and keep the user's in INIT_CWD (https://docs.npmjs.com/cli/v11/commands/npm-run); where both are the same, or npm did
 * not start it, it is left as it is.
 */
export function givenPath(typed: string): string {
  const { INIT_CWD: from } = process.env;
  if (from === undefined || relative(from, process.cwd()) === "") return typed;
  return resolve(from, typed);
}

/**
 * The same for an argument that may be given several times. Consoles of Windows leave `*.trn` to the program
 * (https://learn.microsoft.com/cpp/c-language/expanding-wildcard-arguments): there it is all such files of its folder by name, or, where none is
 * such, itself.
 */
export function givenPaths(
  typed: string,
  before: string[] | undefined,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const path = givenPath(typed);
  // No name of Windows holds either.
  const isPattern = platform === "win32" && /[*?]/.test(basename(path));
  const found = isPattern ? filesLike(path) : [];
  return [...(before ?? []), ...(found.length > 0 ? found : [path])];
}

function filesLike(path: string): string[] {
  const pattern = basename(path)
    .replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const isLike = new RegExp(`^${pattern}$`, "is");
  try {
    return readdirSync(dirname(path), { withFileTypes: true })
      .filter((entry) => entry.isFile() && isLike.test(entry.name))
      .map((entry) => join(dirname(path), entry.name))
      .sort();
  } catch {
    // The command says what is wrong with its folder.
    return [];
  }
}
