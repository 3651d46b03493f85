import { variableNames } from "./config";
import type { Environment } from "./config-file";

/** Ours, and read elsewhere: by the launcher of a release, and by the trial of a real server. */
const OTHERS = /^CHAINFERRY_(?:RELEASE|LIVE_\w+)$/;
/** In a file of settings also what libraries read. */
const OF_LIBRARIES =
  /^(?:ALIBABA_CLOUD_|OTEL_|NODE_|PG|UV_|LC_)\w+$|^(?:TZ|LANG|CHROMIUM_PATH|https?_proxy|no_proxy)$/;

/**
 * Names that somebody set and nothing reads: of the environment those that begin as ours, of the file of settings (`fromFile`, its names) all. Not
 * refused, since another release may read them.
 */
function strangeNames(environment: Environment, fromFile: ReadonlySet<string> = new Set()): string[] {
  const known = variableNames();
  const ours = Object.keys(environment).filter((name) => name.startsWith("CHAINFERRY_"));
  return [...new Set([...ours, ...fromFile])]
    .filter((name) => !known.has(name) && !OTHERS.test(name) && !OF_LIBRARIES.test(name))
    .sort();
}

/** A line to whoever starts it; null: every name is known. */
export function strangeNamesWarning(environment: Environment, fromFile?: ReadonlySet<string>): string | null {
  const names = strangeNames(environment, fromFile);
  if (names.length === 0) return null;
  return `Nothing reads ${names.join(", ")}: is it written as "chainferry config" lists it?`;
}
