import { describe, expect, test } from "vitest";
import { isTest, readSources } from "@/lib/architecture/read-sources";
import { BASIS_KEYS } from "@/lib/forecast/forecast-basis";
import { STEP_KINDS } from "@/lib/migration/generated/step-kinds";
import { BACKUP_BY } from "@/lib/migration/vocabulary/backup-by";
import { CHECK_RUN_STATES } from "@/lib/migration/vocabulary/check-run-state";
import { CONDITION_KEYS, CONDITION_STATES } from "@/lib/migration/vocabulary/condition";
import { DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { EVENTS } from "@/lib/migration/vocabulary/events";
import { SKIP_REASONS } from "@/lib/migration/vocabulary/file-problem";
import { FILE_STATES } from "@/lib/migration/vocabulary/file-state";
import { NEED_KEYS } from "@/lib/migration/vocabulary/need";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { PROBE_VERDICTS } from "@/lib/migration/vocabulary/probe-verdict";
import { BAR_STAGES } from "@/lib/migration/vocabulary/step-look";
import { WRITES_STOPPED_BY } from "@/lib/migration/vocabulary/stop-writes";
import { TRANSPORTS } from "@/lib/migration/vocabulary/transport";
import { WHY_NOTS } from "@/lib/migration/vocabulary/why-not";
import { findProjectRoot } from "@/lib/store/project-root";
import { en } from "./en/index";
import { flattenMessages } from "./translator";

/** Keys that a source asks for by their whole name: they hang on no word. */
const written = new Set(
  readSources(findProjectRoot(), ["app", "components", "lib"])
    .filter(({ path }) => /\.tsx?$/.test(path) && !isTest(path) && !path.startsWith("lib/i18n/"))
    .flatMap(({ text }) => [...text.matchAll(/["'`]([a-z_]+\.[\w.-]+)["'`]/g)].map(([, key]) => key)),
);
const keys = [...flattenMessages(en).keys()].filter((key) => !written.has(key));

/** Texts by word, `*`, and the words that they are for. */
const TEXTS: [string, readonly string[]][] = [
  ["advance.*.wait", [...CONDITION_KEYS, "state"]],
  ["advance.*.yours", [...CONDITION_KEYS, "state"]],
  ["advance.*", CONDITION_KEYS],
  ["advance.state.*", CONDITION_STATES],
  ["files.state.*", FILE_STATES],
  ["migration.phase.*", PHASES],
  ["migration.why_not.*", WHY_NOTS],
  ["migration.transport.*", TRANSPORTS],
  ["migration.backup_by.*", BACKUP_BY],
  // What `upload_next_file` is called where the file is dropped on the page.
  ["needs.*.short", [...NEED_KEYS, "drop_next_file"]],
  ["timeline.kind.*", STEP_KINDS],
  ["timeline.bar.*", BAR_STAGES],
  ["drift.*.title", DRIFT_KINDS],
  ["drift.*.what", DRIFT_KINDS],
  ["cutover.stop.*", WRITES_STOPPED_BY],
  ["verdict.what.*", SKIP_REASONS],
  ["preflight.verdict.*", PROBE_VERDICTS],
  ["preflight.check.*", CHECK_RUN_STATES],
  ["event.*", Object.keys(EVENTS)],
  ["forecast.basis.*", [...BASIS_KEYS, "title"]],
];

describe("texts by word", () => {
  test.each(TEXTS)("%s are for words that there are", (pattern, words) => {
    const shape = new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", "([\\w-]+)")}$`);
    const named = keys.flatMap((key) => shape.exec(key)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((word) => !words.includes(word))).toEqual([]);
  });
});
