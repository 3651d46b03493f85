import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { fileOf, viewOf } from "@/components/migration/migration-view-fixture";
import type { ReportView } from "@/lib/contracts/report";
import { createTranslator } from "@/lib/i18n/translator";
import { PaperOfReport } from "./paper";

const AT = "2026-05-17T00:00:00.000Z";
const HASH = "7f3a".repeat(16);

const report: ReportView = {
  program: "0.1.0",
  printedAt: AT,
  migration: viewOf({
    name: "Orders & <Co>",
    status: "succeeded",
    phase: "online",
    files: [
      fileOf({ id: "1", type: "full", name: "full.bak", firstLsn: "1", lastLsn: "4227000000681500023" }),
      fileOf({ id: "2", state: "skipped", name: "copy.bak", lastLsn: "4227000000681500024" }),
    ],
    cutover: {
      requestedAt: AT,
      stopWrites: "restricted_user",
      writesStoppedAt: AT,
      onlineAt: "2026-05-17T00:03:37.000Z",
      forecastSeconds: 220,
      forecastP90Seconds: 370,
      downtimeSeconds: 217,
      deadline: null,
      gates: [{ key: "imports_left", state: "met", soft: false, params: { left: 11, limit: 20 } }],
      ahead: [],
      check: { ok: true, description: "Success to DBCC checkdb asynchronously." },
    },
  }),
  outlook: {
    plan: null,
    parts: [
      {
        part: "open",
        groupKey: "open",
        plan: null,
        actual: { startAt: AT, endAt: "2026-05-17T00:00:41.000Z" },
        forecast: null,
        bytes: null,
      },
    ],
    onlineAt: null,
    behindSeconds: null,
    differential: null,
    timeFactor: 1,
  },
  aftercare: {
    steps: [
      { step: "row_counts", state: "done", by: "Lin Wei", at: AT, note: "" },
      { step: "source", state: "skipped", by: "Lin Wei", at: AT, note: "server is gone" },
    ],
    counts: { tables: 312, equal: 312, rows: 4_182_906_117, differing: [], by: "Lin Wei", at: AT },
    sourceCounts: { tables: 312, rows: 4_182_906_117 },
    backup: null,
    revert: null,
    accounts: [],
  },
  probes: [
    {
      id: "source.version",
      group: "source",
      verdict: "warn",
      params: {},
      asked: "",
      answer: "",
      at: AT,
      failure: null,
      gist: "",
      cheap: false,
      freshMinutes: 60,
      prevents: null,
      script: null,
      link: null,
      accepted: { reason: "stands ready for 48 h", by: "Zhao Lin", at: AT },
    },
  ],
  events: [
    { seq: 1, type: "draft_created", payload: {}, actor: "Lin Wei", at: AT, hash: null },
    { seq: 2, type: "check_succeeded", payload: {}, actor: "engine", at: AT, hash: HASH },
  ],
};

const print = (locale: "en" | "zh-CN", of = report) =>
  renderToStaticMarkup(<PaperOfReport report={of} texts={createTranslator(locale)} />).replaceAll(
    "\u00a0",
    " ",
  );

describe("the printed record", () => {
  it("says what an auditor asks for", () => {
    const paper = print("en");
    for (const said of [
      "4227000000681500023",
      "copy.bak: Skipped",
      "3m 37s, inside the forecast",
      "11 of 20 imports left today",
      "stands ready for 48 h",
      "Success to DBCC checkdb asynchronously.",
      "4,182,906,117",
      "server is gone",
      "7f3a 7f3a",
      `--head ${HASH}`,
      "Lin Wei",
    ]) {
      expect(paper).toContain(said);
    }
  });

  it("stands by the source's clock, whoever prints it", () => {
    expect(print("en")).toContain("17 May 2026, 08:00:00");
    const unknown = { ...report, migration: { ...report.migration, sourceOffsetMinutes: null } };
    expect(print("en", unknown)).toContain("17 May 2026, 00:00:00");
  });

  it("is whole in Chinese, too: no key and no placeholder is left", () => {
    const paper = print("zh-CN");
    expect(paper).toContain("迁移任务报告");
    expect(paper.replace(/<[^>]*>/g, "")).not.toMatch(/[{}]|undefined|\breport\./);
  });

  it("takes names as text", () => {
    expect(print("en")).toContain("Orders &amp; &lt;Co&gt;");
  });
});
