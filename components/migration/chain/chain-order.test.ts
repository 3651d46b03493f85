import { describe, expect, it } from "vitest";
import type { BackupFileView } from "@/lib/contracts/migration";
import { fileOf } from "../migration-view-fixture";
import { chainOrder } from "./chain-order";

const file = (
  id: string,
  type: BackupFileView["type"],
  firstLsn: string | null,
  lastLsn: string | null,
  state: BackupFileView["state"] = "imported",
): BackupFileView => fileOf({ id, name: id, objectKey: id, state, type, firstLsn, lastLsn });
const shape = (files: BackupFileView[], target: string | null) =>
  chainOrder(files, target).map((entry) =>
    entry.type === "gap"
      ? `gap ${entry.fromLsn}-${entry.toLsn}`
      : `${entry.number ?? entry.place} ${entry.file.id}`,
  );

describe("chainOrder", () => {
  it("puts the full first, the rest by LSN as a number, and shows the hole before a refused log", () => {
    // 25 digits: as JavaScript numbers the last two would be equal.
    const files = [
      file("log2", "log", "4842100000199560000000002", "4842100000199560000000003"),
      file("late", "log", "4842200000087120000100000", "4842400000014560000100000", "refused"),
      file("log1", "log", "9", "4842100000199560000000002"),
      file("full", "full", "1", "4842900000000000000000000"),
      file("unread", null, null, null, "uploading"),
    ];
    expect(shape(files, "4842100000199560000000003")).toEqual([
      "1 full",
      "2 log1",
      "3 log2",
      "gap 4842100000199560000000003-4842200000087120000100000",
      "held late",
      "unread unread",
    ]);
  });

  it("draws no hole for a refused file that is only of the wrong kind, and dims what was skipped", () => {
    expect(
      shape(
        [
          file("full", "full", "1", "5"),
          file("dup", "log", "2", "4", "skipped"),
          file("f2", "full", "8", "9", "refused"),
        ],
        "5",
      ),
    ).toEqual(["1 full", "held f2", "unused dup"]);
  });

  it("names the neighbours of the hole, for their times", () => {
    const entries = chainOrder(
      [
        file("full", "full", "1", "5"),
        file("late", "log", "9", "12", "refused"),
        file("log1", "log", "4", "7"),
      ],
      "7",
    );
    const gap = entries.find((entry) => entry.type === "gap");
    expect(gap?.type === "gap" && [gap.after?.id, gap.before.id]).toEqual(["log1", "late"]);
  });
});
