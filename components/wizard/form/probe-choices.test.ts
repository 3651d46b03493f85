import { expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { canProbe, probeChoices } from "./probe-choices";

test("answers grow old only when a choice changes that they are about", () => {
  const draft = EMPTY_DRAFT;
  const other = { ...draft, method: "immediate" as const };
  expect(probeChoices("source", other)).not.toBe(probeChoices("source", draft));
  expect(probeChoices("backup", other)).toBe(probeChoices("backup", draft));
  expect(probeChoices("source", { ...draft, step: "review" })).toBe(probeChoices("source", draft));
});

test("nothing is asked before there is something to ask about", () => {
  const draft = EMPTY_DRAFT;
  expect(canProbe("source", draft)).toBe(false);
  expect(canProbe("source", { ...draft, sourceConnectionId: "s" })).toBe(true);
  expect(canProbe("backup", { ...draft, cloudConnectionId: "c" })).toBe(false);
  expect(canProbe("backup", { ...draft, cloudConnectionId: "c", bucket: "b" })).toBe(true);
  expect(canProbe("backup", { ...draft, localFolder: "/mnt/backup" })).toBe(true);
  expect(canProbe("backup", { ...draft, transport: "bucket_watch", localFolder: "/mnt" })).toBe(false);
  expect(canProbe("import", { ...draft, cloudConnectionId: "c", instanceId: "rm" })).toBe(true);
});
