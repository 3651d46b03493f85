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

/** One source server and what is taken of it, as it is typed. */
export interface ServerForm {
  /** Tells its fields from those of other servers on the page. */
  key: number;
  sourceConnectionId: string | null;
  patterns: string;
  leastGib: string;
  mostGib: string;
  /** By a person's hand, whatever the patterns say. */
  picked: Readonly<Record<string, boolean>>;
  /** Names on the instance that a person typed, by database. */
  names: Readonly<Record<string, string>>;
  /** Other instances than the wave's, by database. */
  instances: Readonly<Record<string, string>>;
  sourceFolder: string;
  localFolder: string;
}

/** The form as it is typed. */
export interface WaveForm {
  name: string;
  /** At least one. */
  servers: readonly ServerForm[];
  mapping: NameMapping;
  cloudConnectionId: string | null;
  bucket: string | null;
  /** Of every database that has no other. */
  instanceId: string | null;
  prefix: string;
  order: WaveRules["order"];
  sourcesAtOnce: string;
  restoresAtOnce: string;
  megabytesPerSecond: string;
  afterWaveId: string | null;
  afterHours: string;
}

/** A server that nothing was typed of. */
export function emptyServer(key: number): ServerForm {
  return {
    key,
    sourceConnectionId: null,
    patterns: "",
    leastGib: "",
    mostGib: "",
    picked: {},
    names: {},
    instances: {},
    sourceFolder: "",
    localFolder: "",
  };
}

export const EMPTY_FORM: WaveForm = {
  name: "",
  servers: [emptyServer(0)],
  mapping: { before: "", after: "" },
  cloudConnectionId: null,
  bucket: null,
  instanceId: null,
  prefix: "chainferry/",
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
  const ids = [...new Set(members.map(({ migration }) => migration.source.connectionId))];
  const servers = ids.map((sourceConnectionId, key): ServerForm => {
    const own = members.filter(({ migration }) => migration.source.connectionId === sourceConnectionId);
    const databases = own.map(({ migration: { name: called, source, target } }) => ({
      source: source.database ?? called,
      target: target.database ?? "",
      instanceId: target.instanceId,
    }));
    return {
      ...emptyServer(key),
      sourceConnectionId,
      patterns: "!*",
      picked: Object.fromEntries(databases.map(({ source }) => [source, true])),
      names: Object.fromEntries(
        databases.flatMap(({ source, target }) => (source === target ? [] : [[source, target]])),
      ),
      instances: Object.fromEntries(
        databases.flatMap(({ source, instanceId }) =>
          instanceId === null || instanceId === form.instanceId ? [] : [[source, instanceId]],
        ),
      ),
      sourceFolder: own[0]?.folders.source ?? "",
      localFolder: own[0]?.folders.local ?? "",
    };
  });
  return {
    ...EMPTY_FORM,
    name,
    servers: servers.length === 0 ? EMPTY_FORM.servers : servers,
    cloudConnectionId: form.cloudConnectionId,
    bucket: form.bucket,
    instanceId: form.instanceId,
    prefix: form.prefix,
    ...sharingOf(rules),
  };
}

/** A database of a server: why it is not moved, or where it goes and by which name. */
export interface ChosenDatabase {
  database: SourceDatabaseView;
  why: ReturnType<typeof whyLeft>;
  instanceId: string | null;
  name: MappedName | null;
}

/** The databases of each server, in the order of the form: which are moved, and by which name. `databasesOf` by connection. */
export function choose(
  form: Pick<WaveForm, "servers" | "mapping" | "instanceId">,
  databasesOf: (connectionId: string) => readonly SourceDatabaseView[],
): ChosenDatabase[][] {
  const rows = form.servers.map((server) =>
    server.sourceConnectionId === null
      ? []
      : databasesOf(server.sourceConnectionId).map((database) => ({
          database,
          why: whyNot(server, database),
          instanceId: server.instances[database.name] ?? form.instanceId,
          typed: server.names[database.name],
        })),
  );
  const moved = rows.flat().filter(({ why }) => why === null);
  const names = mapNames(
    moved.map(({ database, instanceId, typed }) => ({ source: database.name, instanceId, typed })),
    form.mapping,
  );
  return rows.map((own) =>
    own.map((row) => {
      const { database, why, instanceId } = row;
      return { database, why, instanceId, name: names[moved.indexOf(row)] ?? null };
    }),
  );
}

function whyNot(server: ServerForm, database: SourceDatabaseView): ReturnType<typeof whyLeft> {
  const bytes = (text: string) => {
    const value = numberIn(text, 0, 1e9);
    return value == null ? null : value * GIB;
  };
  const why = whyLeft(database, {
    patterns: server.patterns,
    leastBytes: bytes(server.leastGib),
    mostBytes: bytes(server.mostGib),
  });
  if (database.state.toUpperCase() !== "ONLINE") return "not_online";
  const picked = server.picked[database.name];
  if (picked === undefined) return why;
  return picked ? null : (why ?? "not_named");
}

/** What is still missing or wrong, by the keys of its labels. Empty: it may be saved. */
export const MISSING = [
  "wave.form.name",
  "wave.form.source",
  "wave.form.source_twice",
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

export function missingIn(
  form: WaveForm,
  chosen: readonly (readonly ChosenDatabase[])[],
): (typeof MISSING)[number][] {
  const moved = chosen.flat().filter(({ name }) => name !== null);
  const { servers } = form;
  const wrong: Record<(typeof MISSING)[number], boolean> = {
    "wave.form.name": form.name.trim() === "" || form.name.trim().length > 80,
    "wave.form.source": servers.some(({ sourceConnectionId }) => sourceConnectionId === null),
    "wave.form.source_twice":
      new Set(servers.map(({ sourceConnectionId }) => sourceConnectionId)).size < servers.length,
    "wave.form.databases": moved.length === 0,
    "wave.form.col.target": moved.some(({ name }) => name?.problem !== null),
    "wave.form.account": form.cloudConnectionId === null,
    "bucket.choose.label": form.bucket === null,
    "wave.form.instance": form.instanceId === null,
    "wave.form.source_folder": servers.some(({ sourceFolder }) => sourceFolder.trim() === ""),
    "wave.form.local_folder": servers.some(({ localFolder }) => localFolder.trim() === ""),
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
  chosen: readonly (readonly ChosenDatabase[])[],
  before: WaveView | null,
): WaveInput {
  const keyOf = (connectionId: string | null, database: string | null) => `${connectionId} ${database}`;
  const ids = new Map(
    before?.members.map(({ migration: { id, source } }) => [keyOf(source.connectionId, source.database), id]),
  );
  const rules = rulesOf(form);
  const [first] = form.servers;
  if (rules === null || !first) throw new Error("What is missing or wrong is not sent");
  return {
    name: form.name.trim(),
    form: {
      ...EMPTY_DRAFT,
      sourceConnectionId: first.sourceConnectionId,
      cloudConnectionId: form.cloudConnectionId,
      bucket: form.bucket,
      instanceId: form.instanceId,
      prefix: form.prefix.trim(),
      sourceFolder: first.sourceFolder.trim(),
      localFolder: first.localFolder.trim(),
      schedule: { mode: "back_to_back", untilBytes: LAST_LOG_LIMIT_BYTES, backup: "log" },
    },
    rules,
    members: form.servers.flatMap(({ sourceConnectionId, sourceFolder, localFolder }, at) =>
      (chosen[at] ?? []).flatMap(({ database, name, instanceId }) =>
        name === null
          ? []
          : [
              {
                migrationId: ids.get(keyOf(sourceConnectionId, database.name)) ?? null,
                sourceConnectionId,
                sourceDatabase: database.name,
                sourceFolder: sourceFolder.trim(),
                localFolder: localFolder.trim(),
                instanceId,
                targetDatabase: name.target,
                databaseBytes: database.dataBytes,
              },
            ],
      ),
    ),
  };
}
