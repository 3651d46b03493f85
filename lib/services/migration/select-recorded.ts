import type { WantedBackup } from "@/lib/contracts/missing-backup";
import { isSameGuid } from "@/lib/migration/same-guid";
import { isFetchable, type RecordedBackup } from "@/lib/sqlserver/recorded-backup";

interface Selection {
  /** Links of what is missing, in restore order. */
  fetch: RecordedBackup[];
  /** Links that went to the null device or into other software: there is no file to fetch. */
  gone: RecordedBackup[];
  /** The differential that reaches furthest beyond the gap, if one is on the target's base. */
  bridge: RecordedBackup | null;
  /** Whether the links hold the whole range. */
  whole: boolean;
}

const lsn = (text: string | null): bigint => (text === null ? 0n : BigInt(text));

/**
 * Which of the recorded backups are to be fetched: at each point the log that reaches furthest, as a restore would take
 * them (first <= reached < last). Those of another recovery fork count only where no other is known. What there is no file of
 * gives way to any that there is one of, a copy-only one too.
 */
export function selectRecorded(
  recorded: readonly RecordedBackup[],
  wanted: WantedBackup,
  target: { baseGuid: string | null; forkGuid: string | null },
): Selection {
  if (wanted.kind === "full") {
    const base = wanted.baseGuid !== null || wanted.baseLsn !== null;
    const fulls = recorded.filter((one) => one.kind === "full");
    const files = fulls.filter(isFetchable);
    const chosen = files.find((one) => base || !one.copyOnly) ?? files[0];
    const [newest] = fulls;
    return {
      fetch: chosen ? [chosen] : [],
      gone: chosen === undefined && newest ? [newest] : [],
      bridge: null,
      whole: chosen !== undefined,
    };
  }
  const end = wanted.toLsn === null ? null : lsn(wanted.toLsn);
  const sameFork = (one: RecordedBackup) =>
    target.forkGuid === null ||
    one.lastForkGuid === null ||
    [one.firstForkGuid, one.lastForkGuid].some((fork) => isSameGuid(fork, target.forkGuid));
  const all = recorded.filter((one) => one.kind === "log");
  const own = all.filter(sameFork);
  const logs = own.length > 0 ? own : all;
  const fetch: RecordedBackup[] = [];
  const gone: RecordedBackup[] = [];
  let reached = lsn(wanted.fromLsn);
  let whole = logs.length > 0;
  while (end === null || reached < end) {
    const at = reached;
    let next = furthest(logs.filter((one) => lsn(one.firstLsn) <= at && lsn(one.lastLsn) > at));
    if (next === null) {
      if (end !== null || fetch.length === 0) whole = false;
      // Behind a hole the next one that begins; it is told although it does not suffice.
      next = earliest(logs.filter((one) => lsn(one.firstLsn) > at));
    }
    if (next === null) break;
    if (isFetchable(next)) fetch.push(next);
    else {
      gone.push(next);
      whole = false;
    }
    reached = lsn(next.lastLsn);
  }
  const bridge = furthest(
    recorded.filter(
      (one) =>
        one.kind === "differential" &&
        isFetchable(one) &&
        end !== null &&
        lsn(one.lastLsn) >= end &&
        isSameGuid(one.differentialBaseGuid, target.baseGuid),
    ),
  );
  return { fetch, gone, bridge, whole };
}

/** Before all one that there is a file of; of equal reach the regular one: a copy-only log is outside the source's own chain. */
function furthest(backups: readonly RecordedBackup[]): RecordedBackup | null {
  const [best] = [...backups].sort((a, b) => {
    if (isFetchable(a) !== isFetchable(b)) return isFetchable(a) ? -1 : 1;
    const by = lsn(b.lastLsn) - lsn(a.lastLsn);
    return by === 0n ? Number(a.copyOnly) - Number(b.copyOnly) : by > 0n ? 1 : -1;
  });
  return best ?? null;
}

function earliest(backups: readonly RecordedBackup[]): RecordedBackup | null {
  const [best] = [...backups].sort((a, b) => (lsn(a.firstLsn) < lsn(b.firstLsn) ? -1 : 1));
  return best ?? null;
}
