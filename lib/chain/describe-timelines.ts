import { later } from "./newest";
import type { Origin } from "./origins";
import type { Timeline } from "./verdict";

/** More than a person can choose between. */
const MAX_ORIGINS = 100;

/** What people choose between: each fork of each family, the newest first. Of very many only the newest are told. */
export function describeTimelines(
  origins: readonly Origin[],
  momentOf: (origin: Origin) => number | null,
): Timeline[] {
  const newest = newestOrigins(origins, momentOf);
  const timelines = new Map<string, Timeline & { ms: number | null }>();
  for (const origin of newest) {
    const { family: familyGuid, fork: forkGuid } = origin;
    const key = `${familyGuid} ${forkGuid}`;
    const line = timelines.get(key);
    if (line === undefined) timelines.set(key, { ...begin(origin), ms: momentOf(origin) });
    else {
      merge(line, origin);
      line.ms = later(line.ms, momentOf(origin));
    }
  }
  return [...timelines.values()]
    .sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0) || compareIds(a, b))
    .map(({ ms: _, ...timeline }) => timeline);
}

function newestOrigins(
  origins: readonly Origin[],
  momentOf: (origin: Origin) => number | null,
): readonly Origin[] {
  if (origins.length <= MAX_ORIGINS) return origins;
  const moments = Float64Array.from(origins, (origin) => momentOf(origin) ?? 0).sort();
  const least = moments[moments.length - MAX_ORIGINS] ?? 0;
  const later = origins.filter((origin) => (momentOf(origin) ?? 0) > least);
  const alike = origins.filter((origin) => (momentOf(origin) ?? 0) === least);
  if (alike.length <= MAX_ORIGINS) alike.sort((a, b) => (`${a.fork}` < `${b.fork}` ? -1 : 1));
  return [...later, ...alike.slice(0, MAX_ORIGINS - later.length)];
}

function compareIds(a: Timeline, b: Timeline): number {
  const [one, other] = [`${a.familyGuid} ${a.forkGuid}`, `${b.familyGuid} ${b.forkGuid}`];
  return one < other ? -1 : 1;
}

function begin({ family, fork, forkPoint, name, sets, newestAt, firstLsn, lastLsn }: Origin): Timeline {
  const names = name === null ? [] : [name];
  return {
    familyGuid: family,
    forkGuid: fork,
    forkPointLsn: forkPoint,
    names,
    sets,
    newestAt,
    firstLsn,
    lastLsn,
  };
}

function merge(line: Timeline, { name, sets, newestAt, firstLsn, lastLsn, forkPoint }: Origin): void {
  if (name !== null && !line.names.includes(name)) line.names = [...line.names, name].sort();
  line.sets += sets;
  if (newestAt !== null && (line.newestAt === null || newestAt > line.newestAt)) line.newestAt = newestAt;
  if (firstLsn !== null && (line.firstLsn === null || firstLsn < line.firstLsn)) line.firstLsn = firstLsn;
  if (lastLsn > line.lastLsn) line.lastLsn = lastLsn;
  if (forkPoint !== null && (line.forkPointLsn === null || forkPoint < line.forkPointLsn))
    line.forkPointLsn = forkPoint;
}
