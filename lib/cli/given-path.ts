import { relative, resolve } from "node:path";

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

/** The same for an argument that may be given several times. */
export function givenPaths(typed: string, before: string[] | undefined): string[] {
  return [...(before ?? []), givenPath(typed)];
}
