/** Major versions as SQL Server writes them into a backup, with the year people say. 10.50 is 2008 R2. */
const RELEASES: readonly (readonly [major: number, minor: number, year: string])[] = [
  [17, 0, "2025"],
  [16, 0, "2022"],
  [15, 0, "2019"],
  [14, 0, "2017"],
  [13, 0, "2016"],
  [12, 0, "2014"],
  [11, 0, "2012"],
  [10, 50, "2008 R2"],
  [10, 0, "2008"],
  [9, 0, "2005"],
];

export interface ServerRelease {
  /** `2019`, `2008 R2`; the version itself when it is not a known one. */
  label: string;
  /** Sorts releases by age. */
  rank: number;
}

/** `15.0.2000` → 2019. Null when the text is no version. */
export function releaseOfVersion(softwareVersion: string): ServerRelease | null {
  const match = /^(\d+)\.(\d+)/.exec(softwareVersion);
  if (!match) return null;
  const major = Number(match[1]);
  const minor = Number(match[2]);
  const known = RELEASES.find(([m, n]) => m === major && minor >= n);
  return { label: known ? known[2] : `${major}.${minor}`, rank: major * 100 + (known ? known[1] : minor) };
}

/** RDS's engine version, `2022_std_ha` or `08r2_ent_ha` → its release. Null when it names no year. */
export function releaseOfEngine(engineVersion: string): ServerRelease | null {
  const match = /^(?:(20)?08r2|20\d\d)/.exec(engineVersion);
  if (!match) return null;
  const year = match[0].endsWith("r2") ? "2008 R2" : match[0];
  const known = RELEASES.find(([, , label]) => label === year);
  return known ? { label: year, rank: known[0] * 100 + known[1] } : null;
}

const EDITIONS: readonly (readonly [suffix: RegExp, key: EngineEdition])[] = [
  [/_ent_ha$/, "enterprise"],
  [/_ent$/, "cluster"],
  [/_std(_ha|_sl)?$/, "standard"],
  [/_web$/, "web"],
];

export type EngineEdition = "enterprise" | "cluster" | "standard" | "web";

/** The edition that RDS's engine version stands for; null when the suffix is not a documented one. */
export function editionOfEngine(engineVersion: string): EngineEdition | null {
  return EDITIONS.find(([suffix]) => suffix.test(engineVersion))?.[1] ?? null;
}
