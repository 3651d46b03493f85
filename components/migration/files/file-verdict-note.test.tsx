// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { MigrationView } from "@/lib/contracts/migration";
import type { Locale } from "@/lib/format/locale";
import { fileOf, viewOf } from "../migration-view-fixture";
import { FileVerdictNote } from "./file-verdict-note";

const ACT = "POST /api/migrations/m1/actions";
const gap = fileOf({
  state: "refused",
  firstLsn: "42000000030000001",
  lastLsn: "42000000040000001",
  verdict: {
    kind: "gap",
    fromLsn: "42000000010000001",
    toLsn: "42000000030000001",
    message: "Not for readers",
  },
});

function openNote(over: Partial<MigrationView>, locale: Locale = "en") {
  const view = viewOf({ files: [gap], ...over });
  return openTestPage(<FileVerdictNote view={view} file={gap} />, { locale, answers: { [ACT]: view } });
}

describe("the note of a refused file", () => {
  test.each(["en", "zh-CN"] as const)("says in %s what is missing, by the digits of both files", (locale) => {
    const { t } = openNote({}, locale);
    const covers = {
      fromLsn: "42000000030000001",
      toLsn: "42000000040000001",
      atLsn: "42000000010000001",
    };
    expect(screen.getByText(t("files.verdict.covers", covers))).toBeDefined();
    expect(screen.getByText(t("files.verdict.do"))).toBeDefined();
    expect(screen.queryByText(/Not for readers/)).toBeNull();
  });

  test("offers to look for the missing file and to take a differential only where that is allowed", async () => {
    const { user, asked, t } = openNote({ allowed: ["scan_now"] });
    expect(screen.queryByRole("button", { name: t("migration.advance.take_differential") })).toBeNull();
    await user.click(screen.getByRole("button", { name: t("migration.advance.scan_now") }));
    expect(asked[0]).toEqual({ call: ACT, body: { type: "scan_now" } });
  });

  test("sets the file aside after a second word", async () => {
    const { user, asked, t } = openNote({});
    await user.click(screen.getByRole("button", { name: t("timeline.inspector.skip") }));
    expect(asked).toEqual([]);
    await user.click(await screen.findByRole("button", { name: t("files.skip.confirm") }));
    expect(asked[0]).toEqual({ call: ACT, body: { type: "skip_file", fileId: "f1" } });
  });
});
