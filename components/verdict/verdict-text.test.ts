import { describe, expect, it } from "vitest";
import type { MigrationView } from "@/lib/contracts/migration";
import { createTranslator } from "@/lib/i18n/translator";
import { needText } from "./need-text";
import { eventVerdict, verdictText } from "./verdict-text";

const KINDS = [
  "gap",
  "no-full",
  "ambiguous",
  "incomplete",
  "duplicate",
  "not-needed",
  "too-early",
  "wrong-database",
  "wrong-base",
  "fork",
  "missing-stripe",
  "unreadable",
  "full-instead-of-log",
  "several-sets",
];
const FROM = "42240000000033630000800001";
const TO = "42250000000012340000900002";
const AT = "42230000000011110000100003";

describe.each(["en", "zh-CN"] as const)("%s", (locale) => {
  const texts = createTranslator(locale);

  it.each(KINDS)("%s: what is wrong, what is needed and why, with and without LSNs", (kind) => {
    for (const atLsn of [AT, "none", "unknown"]) {
      for (const [fromLsn, toLsn] of [
        [FROM, TO],
        [FROM, null],
        [null, null],
      ] as const) {
        const { what, needed, why, whole } = verdictText({ kind, fromLsn, toLsn, atLsn }, texts);
        for (const part of [what, needed, why]) {
          expect(part).not.toMatch(/[{}]|undefined|\bnone\b|\bunknown\b| {2}/);
          expect(whole).toContain(part);
        }
        expect(what).not.toBe(texts.t("verdict.what.other"));
        if (locale === "zh-CN") expect(whole).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it("gives the LSNs of a gap, and where the target stands, in full", () => {
    const gap = verdictText({ kind: "gap", fromLsn: FROM, toLsn: TO, atLsn: FROM }, texts).needed;
    expect(gap).toContain(FROM);
    expect(gap).toContain(TO);
    for (const kind of ["wrong-base", "wrong-database", "full-instead-of-log", "too-early"]) {
      expect(verdictText({ kind, fromLsn: null, toLsn: null, atLsn: AT }, texts).needed).toContain(AT);
    }
  });

  it("says something true of a kind that it does not know", () => {
    const { what } = verdictText({ kind: "later", fromLsn: null, toLsn: null, atLsn: AT }, texts);
    expect(what).toBe(texts.t("verdict.what.other"));
  });

  it("reads an event: the server's English sentence is not in it", () => {
    const payload = { kind: "full-instead-of-log", fromLsn: AT, toLsn: null, message: "English" };
    const { whole } = verdictText(eventVerdict(payload), texts);
    expect(whole).toContain(AT);
    expect(whole).not.toContain("English");
  });

  it("tells in the need line which file, what is wrong and which LSN is needed", () => {
    const needs = { key: "file_refused" as const, params: { file: "a.trn" } };
    const file = {
      name: "a.trn",
      state: "refused",
      verdict: { kind: "gap", fromLsn: FROM, toLsn: TO, message: "English" },
    } as MigrationView["files"][number];
    const chain = { targetLsn: FROM, baseBackupSetGuid: null };
    const text = needText({ needs, chain, files: [file] }, texts) ?? "";
    for (const part of ["a.trn", FROM, TO]) expect(text).toContain(part);
    expect(text).not.toContain("English");
    expect(needText({ needs }, texts)).toContain("a.trn");
    const next = { key: "upload_next_file" as const, params: {} };
    expect(needText({ needs: next, chain, files: [] }, texts)).toContain(FROM);
  });
});
