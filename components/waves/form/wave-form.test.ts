import { expect, test } from "vitest";
import { numberIn } from "./number-in";
import { choose, EMPTY_FORM, missingIn, toInput, type WaveForm } from "./wave-form";

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
const filled: WaveForm = {
  ...EMPTY_FORM,
  ...{ name: "Wave 1", sourceConnectionId: "s", cloudConnectionId: "c", bucket: "b", instanceId: "rm-1" },
  ...{ sourceFolder: "D:\\b", localFolder: "/b" },
};
const chosen = (form: Partial<WaveForm>) =>
  choose({ ...filled, ...form }, DATABASES).flatMap(({ name }) => (name === null ? [] : [name.source]));

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
  expect(missingIn(filled, choose(filled, DATABASES))).toEqual([]);
  const double = { ...filled, mapping: { before: "", after: "", own: { ERP: "sales" } }, sourcesAtOnce: "0" };
  expect(missingIn(double, choose(double, DATABASES))).toEqual(["wave.form.col.target", "wave.form.sources"]);
});

test("what is sent: names as they are mapped, the line in bytes, no hours where it follows nothing", () => {
  const form = {
    ...filled,
    patterns: "erp",
    mapping: { before: "x_", after: "", own: {} },
    megabytesPerSecond: "2.5",
  };
  const input = toInput(form, choose(form, DATABASES), null);
  expect(input.members).toMatchObject([
    { sourceDatabase: "ERP", targetDatabase: "x_ERP", migrationId: null },
  ]);
  expect(input.rules).toMatchObject({ bytesPerSecond: 2_500_000, afterHours: 0, afterWaveId: null });
  expect(input.form.schedule).toEqual({ mode: "back_to_back", untilBytes: 500_000_000, backup: "log" });
});
