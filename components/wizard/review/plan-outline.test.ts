import { describe, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { planOutline } from "./plan-outline";

const steps = (patch: Partial<typeof EMPTY_DRAFT>) =>
  planOutline({ ...EMPTY_DRAFT, ...patch }).map(({ step }) => step);
const downtime = (patch: Partial<typeof EMPTY_DRAFT>) =>
  planOutline({ ...EMPTY_DRAFT, ...patch })
    .filter((item) => item.downtime)
    .map(({ step }) => step);

describe("planOutline", () => {
  test("our backups from a shared folder: backup, upload, import, rounds, cutover", () => {
    expect(steps({})).toEqual(["preflight", "full", "upload", "import", "rounds", "stop", "tail", "open"]);
    expect(downtime({})).toEqual(["stop", "tail", "open"]);
  });

  test("a watched bucket needs no upload of ours", () => {
    expect(steps({ transport: "bucket_watch", backupBy: "others" })).not.toContain("upload");
    expect(steps({ transport: "bucket_watch", backupBy: "others" })).toContain("fullFound");
  });

  test("others' files in a folder are found there and uploaded by us", () => {
    expect(steps({ backupBy: "others" }).slice(1, 3)).toEqual(["fullFolder", "upload"]);
  });

  test("a full picked in the bucket is neither taken nor uploaded", () => {
    expect(steps({ firstObjectKey: "sales/full.bak" }).slice(1, 3)).toEqual(["fullFound", "import"]);
    expect(planOutline({ ...EMPTY_DRAFT, firstObjectKey: "sales/full.bak" })[1]?.who).toBe("app");
  });

  test("immediate access: no rounds, and downtime from the full on", () => {
    expect(downtime({ method: "immediate" })).toEqual(["full", "upload", "import", "openImmediate"]);
    expect(steps({ method: "immediate" })).not.toContain("rounds");
  });
});
