import { readStatementFile, type StatementName } from "./load-statement";
import type { ServerVersion } from "./server-version";

/** First build of each release that a statement's header can name; 2008 counts as its R2. https://learn.microsoft.com/troubleshoot/sql/releases/download-and-install-latest-updates */
const FIRST_BUILD: Readonly<Record<string, readonly [major: number, minor: number, build: number]>> = {
  "2008 R2": [10, 0, 0],
  "2012": [11, 0, 0],
  "2014": [12, 0, 0],
  "2016": [13, 0, 0],
  "2016 SP1": [13, 0, 4001],
  "2016 SP2": [13, 0, 5026],
  "2017": [14, 0, 0],
  "2017 CU9": [14, 0, 3030],
  "2019": [15, 0, 0],
  "2022": [16, 0, 0],
  "2025": [17, 0, 0],
};

const RELEASE = "2008 R2|20\\d\\d(?: (?:SP|CU)\\d+)?";
const HEADER = new RegExp(
  `^Versions: (${RELEASE})((?:, (?:${RELEASE}))*)(?: to (${RELEASE}))?(?=[.;,( ]|$)`,
  "m",
);

export interface StatementVersions {
  /** `2008 R2`: the release that the statement needs at least. */
  from: string;
  /** Later releases that need an update of their own: 2016 SP2 has it, 2017 only from CU9. */
  alsoFrom: readonly string[];
  /** The last release it was written for; null: only `from`. */
  to: string | null;
}

const known = new Map<StatementName, StatementVersions>();

/** The releases that a statement's header claims. Throws RangeError on a header that names none. */
export function statementVersions(name: StatementName): StatementVersions {
  const versions = known.get(name) ?? readVersions(name);
  known.set(name, versions);
  return versions;
}

function readVersions(name: StatementName): StatementVersions {
  const [, from, more = "", to] = HEADER.exec(readStatementFile(name)) ?? [];
  if (from === undefined || !(from in FIRST_BUILD)) throw new RangeError(`${name}.sql claims no version.`);
  const alsoFrom = more.split(", ").filter((release) => release !== "");
  for (const release of [...alsoFrom, ...(to === undefined ? [] : [to])]) {
    if (!(release in FIRST_BUILD))
      throw new RangeError(`${name}.sql claims ${release}, which is no release.`);
  }
  return { from, alsoFrom, to: to ?? null };
}

/**
 * The first of several ways to ask the same that suits a server, by what the files' headers claim; null when none does.
 * Servers newer than the last release count as that one.
 */
export function chooseStatement<Name extends StatementName>(
  version: ServerVersion,
  candidates: readonly Name[],
): Name | null {
  return candidates.find((name) => suits(version, statementVersions(name))) ?? null;
}

function suits(version: ServerVersion, { from, alsoFrom, to }: StatementVersions): boolean {
  const needed = [from, ...alsoFrom].map(buildOf);
  const ofMajor = needed.find(([major]) => major === version.major) ?? buildOf(from);
  if (compare(version, ofMajor) < 0) return false;
  if (to === "2025") return true;
  const [lastMajor] = buildOf(to ?? from);
  return version.major <= lastMajor;
}

function buildOf(release: string): readonly [number, number, number] {
  return FIRST_BUILD[release] ?? [0, 0, 0];
}

function compare(version: ServerVersion, [major, minor, build]: readonly [number, number, number]): number {
  return version.major - major || version.minor - minor || version.build - build;
}

/** Whether a release is as new as another, by their first builds. */
export function isSince(release: string, needed: string): boolean {
  const [major, minor, build] = buildOf(release);
  return compare({ major, minor, build }, buildOf(needed)) >= 0;
}
