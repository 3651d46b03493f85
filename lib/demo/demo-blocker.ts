import type { DriftAlarmView, MigrationView, ProbeView } from "@/lib/contracts/migration";
import { createTranslator } from "@/lib/i18n/translator";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";

/** What stopped a migration with its source untouched. */
export interface DemoBlocker {
  probe: string;
  message: string;
  alsoBlocked: string[];
}

/**
 * The first finding that blocks, in the order of the pages, with what the page says of it in English. One that was seen
 * comes before one that says only that nobody answered.
 */
export function blockingProbe(probes: readonly ProbeView[]): DemoBlocker | null {
  const blocked = probes.filter((probe) => probe.verdict === "block");
  const [first, ...others] = [
    ...blocked.filter((probe) => probe.failure === null),
    ...blocked.filter((probe) => probe.failure !== null),
  ];
  if (first === undefined) return null;
  const { tx } = createTranslator("en");
  const { id, params, failure } = first;
  const words = [
    tx(`probe.${id}.block`, params, id),
    failure ? tx(`error.${failure.reason}`, failure.params, failure.reason) : "",
    tx(`probe.${id}.remedy`, params, ""),
  ];
  return {
    probe: id,
    message: words.filter(Boolean).join(" "),
    alsoBlocked: others.map((probe) => probe.id),
  };
}

/**
 * An alarm at which a person stops: of the source while nothing was imported yet, since the chain would not fit (later ones
 * are bridged by the next differential, as the page advises); of the target whenever it comes.
 */
export function blockingAlarm(view: MigrationView): DemoBlocker | null {
  const holds = view.status === "waiting_for_user" || view.status === "failed";
  const untouched = view.files.every((file) => file.importedTimes === 0);
  const [first, ...others] = view.alarms.filter(({ kind }) => untouched || isTargetDrift(kind));
  // What a step has failed with says more.
  const failed = view.steps.some(({ kind, status }) => status === "failed" && kind !== "check_target");
  if (!holds || first === undefined || (failed && isTargetDrift(first.kind))) return null;
  return {
    probe: idOf(first),
    message: alarmWords(first),
    alsoBlocked: others.map(idOf),
  };
}

function idOf(alarm: DriftAlarmView): string {
  return `drift.${alarm.kind}`;
}

function alarmWords({ kind, evidence }: DriftAlarmView): string {
  const { tx } = createTranslator("en");
  const params = Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, value ?? ""]));
  const words = ["what", "do"].map((part) => tx(`drift.${kind}.${part}`, params, ""));
  return words.filter(Boolean).join(" ") || kind.replaceAll("_", " ");
}

/** The files are of several timelines, and nobody is here to say which is meant: a demo does not guess. */
export function unclearTimeline(view: MigrationView): DemoBlocker | null {
  if (view.timelines.length === 0) return null;
  const { t } = createTranslator("en");
  const lines = view.timelines.map(
    ({ forkGuid, familyGuid, newestAt, firstLsn, lastLsn, names }) =>
      `${names.join(", ")}: ${forkGuid === null ? `family ${familyGuid}` : `fork ${forkGuid}`}, newest ${newestAt?.replace("T", " ") ?? "unknown"}, LSN ${firstLsn ?? "?"} to ${lastLsn}`,
  );
  const failure = t("error.timeline_unclear", { count: view.timelines.length });
  return {
    probe: "chain.identity",
    message: `${failure} ${lines.join("; ")}. ${t("error.timeline_unclear.do")}`,
    alsoBlocked: [],
  };
}

/** A backup that cannot be read here, and nobody is here to say what it is or that it may go on. */
export function unreadFile(view: MigrationView): DemoBlocker | null {
  const held = view.steps.some(({ status, failure }) => {
    return status === "waiting_for_user" && failure?.reason === "file_unread";
  });
  const files = view.files.filter((file) => file.unread !== null && file.state !== "skipped");
  const [first] = files;
  if (!held || first === undefined) return null;
  const { t } = createTranslator("en");
  const params = { file: first.name, count: files.length };
  return {
    probe: "chain.unread",
    message: `${t("error.file_unread", params)} ${t("error.file_unread.do")}`,
    alsoBlocked: [],
  };
}
