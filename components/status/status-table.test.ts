import { describe, expect, it } from "vitest";
import { createTranslator } from "@/lib/i18n/translator";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { STATUS_TABLE } from "./status-table";

describe("the status table", () => {
  it.each(STATUSES)("%s has a word and a meaning of its own in both languages", (status) => {
    for (const locale of ["en", "zh-CN"] as const) {
      const { t } = createTranslator(locale);
      expect(t(STATUS_TABLE[status].label)).not.toBe(STATUS_TABLE[status].label);
      expect(t(STATUS_TABLE[status].meaning)).not.toBe("");
    }
  });

  it("tells statuses apart without colour", () => {
    const seen = new Map<unknown, string>();
    for (const status of STATUSES) {
      // Cancelling and cancelled share the stop ring: the word tells them apart.
      if (status === "cancelled") continue;
      const { glyph } = STATUS_TABLE[status];
      expect(seen.get(glyph), `${status} looks like ${seen.get(glyph)}`).toBeUndefined();
      seen.set(glyph, status);
    }
  });

  it("spends green on done and red on failed only", () => {
    const withTone = (tone: string) => STATUSES.filter((status) => STATUS_TABLE[status].tone === tone);
    expect(withTone("success")).toEqual(["succeeded"]);
    expect(withTone("danger")).toEqual(["failed"]);
    expect(withTone("warning")).toEqual(["waiting_for_backup", "waiting_for_user", "refused", "unknown"]);
  });
});
