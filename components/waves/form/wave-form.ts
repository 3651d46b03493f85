import type { SourceDatabaseView } from "@/lib/contracts/catalog";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { WaveInput, WaveView } from "@/lib/contracts/wave";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import { type MappedName, mapNames, type NameMapping } from "@/lib/wave/map-names";
import { whyLeft } from "@/lib/wave/match-pattern";
import { LEAST_SHARE, WaveRules } from "@/lib/wave/wave-rules";
import { numberIn } from "./number-in";

const GIB = 1024 ** 3;
const MB = 1_000_000;
const MOST_AT_ONCE = 20;

/** The form as it is typed. */
export interface WaveForm {
  name: string;
  sourceConnectionId: string | null;
  patterns: string;
  leastGib: string;
  mostGib: string;
  /** By a person's hand, whatever the patterns say. */
  picked: Readonly<Record<string, boolean>>;
  mapping: NameMapping;
  cloudConnectionId: string | null;
  bucket: string | null;
  instanceId: string | null;
  prefix: string;
  sourceFolder: string;
  localFolder: string;
  order: WaveRules["order"];
  sourcesAtOnce: string;
  restoresAtOnce: string;
  megabytesPerSecond: string;
  afterWaveId: string | null;
  afterHours: string;
}

export const EMPTY_FORM: WaveForm = {
  name: "",
  sourceConnectionId: null,
  patterns: "",
  leastGib: "",
  mostGib: "",
  picked: {},
  mapping: { before: "", after: "", own: {} },
  cloudConnectionId: null,
  bucket: null,
  instanceId: null,
  prefix: "chainferry/",
  sourceFolder: "",
  localFolder: "",
  order: "largest_first",
  sourcesAtOnce: "2",
  restoresAtOnce: "2",
  megabytesPerSecond: "",
  afterWaveId: null,
  afterHours: "48",
};

/** How the members share what they have in common. */
export type SharingForm = Pick<
  WaveForm,
  "order" | "sourcesAtOnce" | "restoresAtOnce" | "megabytesPerSecond" | "afterWaveId" | "afterHours"
>;

/** Rules that were saved, as they were typed. */
export function sharingOf(rules: WaveRules): SharingForm {
  return {
    order: rules.order,
    sourcesAtOnce: String(rules.sourcesAtOnce),
    restoresAtOnce: String(rules.restoresAtOnce),
    megabytesPerSecond: rules.bytesPerSecond === null ? "" : String(rules.bytesPerSecond / MB),
    afterWaveId: rules.afterWaveId,
    afterHours: String(rules.afterHours),
  };
}

/** Null: something of it is no number that it may be; the fields say which. */
export function rulesOf(form: SharingForm): WaveRules | null {
  const [sources, restores] = [form.sourcesAtOnce, form.restoresAtOnce].map((text) =>
    numberIn(text, 1, MOST_AT_ONCE),
  );
  const line = numberIn(form.megabytesPerSecond, 0.1, 100_000);
  const hours = form.afterWaveId === null ? 0 : numberIn(form.afterHours, 0, 720);
  if (sources == null || restores == null || line === undefined || hours == null) return null;
  return WaveRules.parse({
    order: form.order,
    sourcesAtOnce: Math.round(sources),
    restoresAtOnce: Math.round(restores),
    bytesPerSecond: line === null ? null : Math.max(LEAST_SHARE, Math.round(line * MB)),
    afterWaveId: form.afterWaveId,
    afterHours: hours,
  });
}

/** A draft that was saved, as it was typed: its databases are picked by hand, its names as they are. */
export function formOf({ name, form, rules, members }: WaveView): WaveForm {
  const databases = members.map(({ migration }) => ({
    source: migration.source.database ?? migration.name,
    target: migration.target.database ?? "",
  }));
  return {
    ...EMPTY_FORM,
    name,
    sourceConnectionId: form.sourceConnectionId,
    patterns: "!*",
    picked: Object.fromEntries(databases.map(({ source }) => [source, true])),
    mapping: {
      before: "",
      after: "",
      own: Object.fromEntries(
        databases.flatMap(({ source, target }) => (source === target ? [] : [[source, target]])),
      ),
    },
    cloudConnectionId: form.cloudConnectionId,
    bucket: form.bucket,
    instanceId: form.instanceId,
    prefix: form.prefix,
    sourceFolder: form.sourceFolder,
    localFolder: form.localFolder,
    ...sharingOf(rules),
  };
}

/** The databases of a server: which are moved, and by which name. */
export function choose(
  form: WaveForm,
  databases: readonly SourceDatabaseView[],
): { database: SourceDatabaseView; why: ReturnType<typeof whyLeft>; name: MappedName | null }[] {
  const bytes = (text: string) => {
    const value = numberIn(text, 0, 1e9);
    return value == null ? null : value * GIB;
  };
  const choice = {
    patterns: form.patterns,
    leastBytes: bytes(form.leastGib),
    mostBytes: bytes(form.mostGib),
  };
  const rows = databases.map((database) => {
    const why = whyLeft(database, choice);
    const picked = form.picked[database.name];
    const isOnline = database.state.toUpperCase() === "ONLINE";
    const isIn = isOnline && (picked ?? why === null);
    return { database, why: isIn ? null : isOnline ? (why ?? "not_named") : ("not_online" as const), isIn };
  });
  const names = mapNames(
    rows
      .filter(({ isIn }) => isIn)
      .map(({ database }) => ({ source: database.name, instanceId: form.instanceId })),
    form.mapping,
  );
  const byName = new Map(names.map((name) => [name.source, name]));
  return rows.map(({ database, why }) => ({ database, why, name: byName.get(database.name) ?? null }));
}

/** What is still missing or wrong, by the keys of its labels. Empty: it may be saved. */
export const MISSING = [
  "wave.form.name",
  "wave.form.source",
  "wave.form.databases",
  "wave.form.col.target",
  "wave.form.account",
  "bucket.choose.label",
  "wave.form.instance",
  "wave.form.source_folder",
  "wave.form.local_folder",
  "wave.form.sources",
  "wave.form.restores",
  "wave.form.line",
  "wave.form.follows.hours",
] as const;

export function missingIn(form: WaveForm, chosen: ReturnType<typeof choose>): (typeof MISSING)[number][] {
  const names = chosen.flatMap(({ name }) => name ?? []);
  const wrong: Record<(typeof MISSING)[number], boolean> = {
    "wave.form.name": form.name.trim() === "" || form.name.trim().length > 80,
    "wave.form.source": form.sourceConnectionId === null,
    "wave.form.databases": names.length === 0,
    "wave.form.col.target": names.some(({ problem }) => problem !== null),
    "wave.form.account": form.cloudConnectionId === null,
    "bucket.choose.label": form.bucket === null,
    "wave.form.instance": form.instanceId === null,
    "wave.form.source_folder": form.sourceFolder.trim() === "",
    "wave.form.local_folder": form.localFolder.trim() === "",
    "wave.form.sources": numberIn(form.sourcesAtOnce, 1, MOST_AT_ONCE) == null,
    "wave.form.restores": numberIn(form.restoresAtOnce, 1, MOST_AT_ONCE) == null,
    "wave.form.line": numberIn(form.megabytesPerSecond, 0.1, 100_000) === undefined,
    "wave.form.follows.hours": form.afterWaveId !== null && numberIn(form.afterHours, 0, 720) == null,
  };
  return MISSING.filter((key) => wrong[key]);
}

/** What is sent, of a form of which nothing is missing. `before`: the wave as it was saved last; its members keep their ids. */
export function toInput(
  form: WaveForm,
  chosen: ReturnType<typeof choose>,
  before: WaveView | null,
): WaveInput {
  const ids = new Map(before?.members.map(({ migration }) => [migration.source.database, migration.id]));
  const rules = rulesOf(form);
  if (rules === null) throw new Error("What is missing or wrong is not sent");
  return {
    name: form.name.trim(),
    form: {
      ...EMPTY_DRAFT,
      sourceConnectionId: form.sourceConnectionId,
      cloudConnectionId: form.cloudConnectionId,
      bucket: form.bucket,
      instanceId: form.instanceId,
      prefix: form.prefix.trim(),
      sourceFolder: form.sourceFolder.trim(),
      localFolder: form.localFolder.trim(),
      schedule: { mode: "back_to_back", untilBytes: LAST_LOG_LIMIT_BYTES, backup: "log" },
    },
    rules,
    members: chosen.flatMap(({ database, name }) =>
      name === null
        ? []
        : [
            {
              migrationId: ids.get(database.name) ?? null,
              sourceConnectionId: null,
              sourceDatabase: database.name,
              instanceId: null,
              targetDatabase: name.target,
              databaseBytes: database.dataBytes,
            },
          ],
    ),
  };
}
