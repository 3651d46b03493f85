import { expect, test } from "vitest";
import type { WaveInput, WaveView } from "@/lib/contracts/wave";
import { memberOf, waveOf } from "../wave-view-fixture";
import { numberIn } from "./number-in";
import {
  choose,
  EMPTY_FORM,
  emptyServer,
  formOf,
  missingIn,
  type ServerForm,
  toInput,
  type WaveForm,
} from "./wave-form";

const database = (name: string, gib = 10, state = "ONLINE") => ({
  ...{ name, state, recoveryModel: "FULL", userAccess: "MULTI_USER", encrypted: false },
  ...{ dataBytes: gib * 1024 ** 3, logBytes: null, compatibilityLevel: 160, lastLogBackupLsn: null },
});
const DATABASES = [
  database("Sales"),
  database("Sales_old", 1),
  database("ERP", 100),
  database("Off", 1, "OFFLINE"),
];
const server: ServerForm = {
  ...emptyServer(0),
  ...{ sourceConnectionId: "s", sourceFolder: "D:\\b", localFolder: "/b" },
};
const filled: WaveForm = {
  ...EMPTY_FORM,
  ...{ name: "Wave 1", servers: [server], cloudConnectionId: "c", bucket: "b", instanceId: "rm-1" },
};
const databasesOf = () => DATABASES;
const chosen = (more: Partial<ServerForm>) =>
  choose({ ...filled, servers: [{ ...server, ...more }] }, databasesOf)
    .flat()
    .flatMap(({ name }) => (name === null ? [] : [name.source]));

test.each([
  ["", null],
  [" 2 ", 2],
  ["1,5", 1.5],
  ["0", undefined],
  ["x", undefined],
  ["21", undefined],
])("%j is read as %j", (text, value) => {
  expect(numberIn(text, 1, 20)).toBe(value);
});

test("patterns and sizes choose, a person's hand outweighs them, and what is not online is never moved", () => {
  expect(chosen({})).toEqual(["Sales", "Sales_old", "ERP"]);
  expect(chosen({ patterns: "sales*, !*_old" })).toEqual(["Sales"]);
  expect(chosen({ leastGib: "5", mostGib: "50" })).toEqual(["Sales"]);
  expect(chosen({ patterns: "sales*", picked: { ERP: true, Sales: false, Off: true } })).toEqual([
    "Sales_old",
    "ERP",
  ]);
});

test("what is missing is named, and nothing is where all is there", () => {
  expect(missingIn(EMPTY_FORM, [])).toEqual([
    ...[
      "wave.form.name",
      "wave.form.source",
      "wave.form.databases",
      "wave.form.account",
      "bucket.choose.label",
    ],
    ...["wave.form.instance", "wave.form.source_folder", "wave.form.local_folder"],
  ]);
  expect(missingIn(filled, choose(filled, databasesOf))).toEqual([]);
  const double = { ...filled, servers: [{ ...server, names: { ERP: "sales" } }], sourcesAtOnce: "0" };
  expect(missingIn(double, choose(double, databasesOf))).toEqual([
    "wave.form.col.target",
    "wave.form.sources",
  ]);
  const twice = { ...filled, servers: [server, { ...server, key: 1, patterns: "!*" }] };
  expect(missingIn(twice, choose(twice, databasesOf))).toEqual(["wave.form.source_twice"]);
});

test("what is sent: names as they are mapped, the line in bytes, no hours where it follows nothing", () => {
  const form = {
    ...filled,
    servers: [{ ...server, patterns: "erp" }],
    mapping: { before: "x_", after: "" },
    megabytesPerSecond: "2.5",
  };
  const input = toInput(form, choose(form, databasesOf), null);
  expect(input.members).toMatchObject([
    { sourceDatabase: "ERP", targetDatabase: "x_ERP", migrationId: null },
  ]);
  expect(input.rules).toMatchObject({ bytesPerSecond: 2_500_000, afterHours: 0, afterWaveId: null });
  expect(input.form.schedule).toEqual({ mode: "back_to_back", untilBytes: 500_000_000, backup: "log" });
});

const other: ServerForm = {
  ...emptyServer(7),
  ...{ sourceConnectionId: "t", patterns: "Sales", sourceFolder: "E:\\b", localFolder: "/mnt/e" },
};

test("databases of one name from two servers: one is called otherwise, or goes to another instance", () => {
  const both = { ...filled, servers: [{ ...server, patterns: "Sales" }, other] };
  const problems = (form: WaveForm) =>
    choose(form, databasesOf)
      .flat()
      .flatMap(({ name }) => (name ? [name.problem] : []));
  expect(problems(both)).toEqual(["double", "double"]);
  const [first] = both.servers;
  if (!first) throw new Error("no server");
  expect(problems({ ...both, servers: [first, { ...other, names: { Sales: "Sales_2" } }] })).toEqual([
    null,
    null,
  ]);
  const apart = { ...both, servers: [first, { ...other, instances: { Sales: "rm-2" } }] };
  expect(problems(apart)).toEqual([null, null]);
  expect(toInput(apart, choose(apart, databasesOf), null).members).toMatchObject([
    { sourceConnectionId: "s", instanceId: "rm-1", sourceFolder: "D:\\b", localFolder: "/b" },
    { sourceConnectionId: "t", instanceId: "rm-2", sourceFolder: "E:\\b", localFolder: "/mnt/e" },
  ]);
});

/** As the server tells of it once it is saved. */
function waveFrom({ name, form, rules, members }: WaveInput): WaveView {
  return waveOf({
    ...{ name, form, rules },
    members: members.map((one, at) => {
      const made = memberOf(one.targetDatabase, at + 1);
      return {
        ...made,
        folders: { source: one.sourceFolder ?? "", local: one.localFolder ?? "" },
        migration: {
          ...made.migration,
          id: `m${at}`,
          source: {
            ...made.migration.source,
            connectionId: one.sourceConnectionId,
            database: one.sourceDatabase,
          },
          target: { ...made.migration.target, instanceId: one.instanceId, database: one.targetDatabase },
        },
      };
    }),
  });
}

test("a draft that was saved is typed as it was, server by server, and its members keep their ids", () => {
  const sent = {
    ...filled,
    servers: [
      { ...server, patterns: "ERP", names: { ERP: "ERP_2" } },
      { ...other, instances: { Sales: "rm-2" } },
    ],
  };
  const input = toInput(sent, choose(sent, databasesOf), null);
  const saved = waveFrom(input);
  const again = formOf(saved);
  expect(again.servers).toMatchObject([
    { sourceConnectionId: "s", names: { ERP: "ERP_2" }, instances: {}, localFolder: "/b" },
    { sourceConnectionId: "t", names: {}, instances: { Sales: "rm-2" }, localFolder: "/mnt/e" },
  ]);
  const { members } = toInput(again, choose(again, databasesOf), saved);
  expect(members).toEqual(input.members.map((member, at) => ({ ...member, migrationId: `m${at}` })));
});
