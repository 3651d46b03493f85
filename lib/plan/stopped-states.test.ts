import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { STEP_KINDS, type StepKind } from "@/lib/migration/generated/step-kinds";
import { isOpenStep, type MigrationSnapshot } from "@/lib/migration/snapshot";
import { ALLOWED_ACTIONS } from "@/lib/migration/vocabulary/allowed-action";
import { CUSTODY_STANDINGS, RELEASE_WHYS } from "@/lib/migration/vocabulary/custody";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import { NEED_KEYS } from "@/lib/migration/vocabulary/need";
import { STATUSES, type Status } from "@/lib/migration/vocabulary/status";
import { findProjectRoot } from "@/lib/store/project-root";
import { allowedActions } from "./allowed-actions";
import { planNext } from "./plan-next";
import { CUTOVER, FULL_ROUND, file, migration, step } from "./snapshot-fixture";
import { standingOf } from "./standing";
import { EXAMPLES, NOW } from "./stopped-states-fixture";

const DOC = readFileSync(path.join(findProjectRoot(), "docs/stopped-states.md"), "utf8");
const rows = DOC.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));
const isAction = (word: string) => ALLOWED_ACTIONS.some((one) => one === word);
const wordsIn = (text = "") => [...text.matchAll(/`([a-z_]+)`/g)].map(([, word = ""]) => word);

/** What stands at a step, a file or a closed source, and not in `allowed`. */
const AT_STEPS = [
  "set_hook",
  "retry_step",
  "resolve_unknown",
  "skip_file",
  "dismiss_alarm",
  "confirm_timeline",
  "state_file",
  "give_up_source",
];
/** Statuses in which the engine takes a step up again by itself. */
const WAKES: readonly Status[] = [
  "queued",
  "running",
  "retrying",
  "waiting_external",
  "waiting_for_backup",
  "waiting_for_user",
];
const OPEN: readonly Status[] = [...WAKES, "failed", "unknown"];

/** What leads on from here, by itself or by a person. */
function waysOn(snapshot: MigrationSnapshot): string[] {
  const open = snapshot.steps.filter(isOpenStep);
  const ways: string[] = [...allowedActions(snapshot)];
  if (open.some(({ status }) => WAKES.includes(status))) ways.push("wakes");
  if (planNext(snapshot, NOW).length > 0) ways.push("planned");
  const retried = open.filter(({ status }) => status === "failed");
  if (retried.some(({ kind }) => snapshot.release === null || kind === "release_source"))
    ways.push("retry_step");
  if (open.some(({ status }) => status === "unknown")) ways.push("resolve_unknown");
  if (snapshot.files.some(({ state }) => state === "refused" || state === "failed")) ways.push("skip_file");
  if (snapshot.alarms.some((kind) => !isTargetDrift(kind))) ways.push("dismiss_alarm");
  if (open.some(({ held }) => held?.reason === "file_unread")) ways.push("state_file", "skip_file");
  if (snapshot.hook !== null) ways.push("set_hook");
  if (snapshot.unclearTimelines > 0) ways.push("confirm_timeline");
  return ways;
}

/** Nothing wakes it, nothing follows, and nobody is asked for anything: it would stand for ever, though it may be cancelled. */
function isHeldInSilence(snapshot: MigrationSnapshot): boolean {
  const { status, needs } = standingOf(snapshot, NOW);
  if (needs !== null || status === "succeeded" || status === "cancelled") return false;
  const isWoken = snapshot.steps.some(({ status: stands }) => WAKES.includes(stands));
  return !isWoken && planNext(snapshot, NOW).length === 0;
}

const CLOSED = [null, { how: "restricted_user" }, { how: "norecovery_tail" }] as const;
const BY_FILE: ReadonlySet<string> = new Set([
  "backup",
  "find_file",
  "upload",
  "inspect",
  "import",
  "await_import",
]);

/** A migration in whose middle one step of the kind stands open, in each surrounding that there is. */
function* statesWith(kind: StepKind, status: Status): Generator<MigrationSnapshot> {
  const round = BY_FILE.has(kind) ? 1 : null;
  const own = step(kind, round, round === null ? null : "f1", { status, finishedAtMs: null });
  for (const cutover of [null, CUTOVER, { ...CUTOVER, stopWrites: "operator" as const }]) {
    for (const custody of CLOSED) {
      for (const why of [null, ...RELEASE_WHYS]) {
        // A source is closed, and given back, by a cutover only.
        if (!cutover && (custody || why)) continue;
        for (const backupBy of ["app", "others"] as const) {
          const files = [
            file("f0", "full"),
            file("f1", "log", { state: "inspected", tail: custody !== null }),
          ];
          const release = why && { why };
          const base = migration([...FULL_ROUND, own], { cutover, custody, release, backupBy, files });
          yield { ...base, status: standingOf(base, NOW).status };
        }
      }
    }
  }
}

describe("no state without a way on", () => {
  test.each(STEP_KINDS)("whatever becomes of %s", (kind) => {
    for (const status of OPEN) {
      for (const snapshot of statesWith(kind, status)) {
        const { custody, release, cutover, backupBy } = snapshot;
        const where = JSON.stringify({
          kind,
          status,
          custody,
          release,
          cutover: cutover?.stopWrites,
          backupBy,
        });
        expect(waysOn(snapshot), where).not.toEqual([]);
        expect(isHeldInSilence(snapshot), where).toBe(false);
      }
    }
  });

  test.each(["refused", "failed", "skipped"] as const)("a full that is %s", (state) => {
    for (const backupBy of ["app", "others"] as const) {
      const last = step("await_import", 0, "f0", { status: state });
      const files = [file("f0", "full", { state })];
      const snapshot = migration([...FULL_ROUND.slice(0, -1), last], { backupBy, files });
      expect(isHeldInSilence(snapshot), backupBy).toBe(false);
    }
  });

  test.each(["refused", "failed", "skipped"] as const)("a last file that is %s", (state) => {
    for (const backupBy of ["app", "others"] as const) {
      const files = [file("f0", "full"), file("f1", "log", { state, final: true })];
      const look = step("find_file", 1, "f1", { aim: { backup: null, final: true } });
      const snapshot = migration([...FULL_ROUND, look], { cutover: CUTOVER, backupBy, files });
      expect(waysOn(snapshot)).not.toEqual([]);
    }
  });

  test("a source that we closed is given back by going back and by cancelling, whatever failed", () => {
    for (const kind of [
      "stop_writes",
      "backup",
      "upload",
      "inspect",
      "import",
      "await_import",
      "open",
    ] as const) {
      const files = [file("f0", "full"), file("f1", "log", { state: "inspected", final: true, tail: true })];
      const failed = step(kind, BY_FILE.has(kind) ? 1 : null, BY_FILE.has(kind) ? "f1" : null, {
        status: "failed",
      });
      const custody = { how: "norecovery_tail" } as const;
      const snapshot = migration([...FULL_ROUND, failed], { cutover: CUTOVER, custody, files });
      expect(allowedActions(snapshot), kind).toEqual(expect.arrayContaining(["go_back", "cancel"]));
      for (const why of RELEASE_WHYS) {
        const planned = planNext({ ...snapshot, release: { why } }, NOW).map((one) => one.kind);
        expect(planned, `${kind} ${why}`).toEqual(["release_source"]);
      }
    }
  });
});

describe("docs/stopped-states.md", () => {
  test("has every status, every need and every standing of a closed source", () => {
    const states = rows.flatMap(([, state]) => wordsIn(state));
    const needs = rows.flatMap(([, , need]) => wordsIn(need));
    const told = new Set([...states, ...wordsIn(DOC.slice(DOC.indexOf("Of steps and files only")))]);
    expect(STATUSES.filter((status) => !told.has(status))).toEqual([]);
    expect(NEED_KEYS.filter((key) => !needs.includes(key))).toEqual([]);
    expect(CUSTODY_STANDINGS.filter((standing) => !states.includes(standing))).toEqual([]);
  });

  const table = rows.filter((row) => row.length === 6);

  test("has an example of each row, and no other", () => {
    const keys = table.map(([, state, need]) => `${wordsIn(state)[0]} ${wordsIn(need)[0] ?? "none"}`);
    expect(Object.keys(EXAMPLES).sort()).toEqual(keys.sort());
  });

  test.each(table.map((row) => [row[1], row[2], row] as const))(
    "%s, %s: each way on is there",
    (_, __, row) => {
      const [states, needs] = [wordsIn(row[1]), wordsIn(row[2])];
      const examples = EXAMPLES[`${states[0]} ${needs[0] ?? "none"}`] ?? [];
      for (const example of examples) {
        const { status, needs: need } = standingOf(example, NOW);
        expect(states).toContain(status);
        if (need !== null) expect(needs).toContain(need.key);
        else expect(row[2]).toContain("none");
      }
      const ways = new Set(examples.flatMap(waysOn));
      // What stands at a source itself: it needs a server that is gone for good.
      const named = wordsIn(row[4]).filter((word) => AT_STEPS.includes(word) || isAction(word));
      expect(named.filter((way) => !ways.has(way) && way !== "give_up_source")).toEqual([]);
    },
  );

  test("names only ways that exist, and no state is without one", () => {
    const known = new Set<string>([...ALLOWED_ACTIONS, ...AT_STEPS, ...STATUSES, ...CUSTODY_STANDINGS]);
    for (const row of rows) {
      const ways = row.at(-2) ?? "";
      expect(ways.length, row.join("|")).toBeGreaterThan(0);
      expect(wordsIn(ways).filter((word) => !known.has(word))).toEqual([]);
    }
  });
});
