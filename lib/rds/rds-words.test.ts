import { expect, test } from "vitest";
import {
  methodWords,
  ossObjectPosition,
  parseFileSize,
  toFileStatus,
  toFileType,
  toTaskMethod,
  toTaskStatus,
} from "./rds-words";

test.each([
  ["NoStart", "not_started"],
  ["Running", "running"],
  ["Success", "succeeded"],
  ["Failed", "failed"],
  ["Waiting", "waiting_for_backup"],
  ["Terminated", "failed"],
  ["Whatever", "other"],
  ["", "other"],
])("task %s is %s", (word, status) => {
  expect(toTaskStatus(word)).toBe(status);
});

test.each([
  ["NoStart", "not_started"],
  ["Downloading", "downloading"],
  ["Finished", "downloaded"],
  ["DownloadFailed", "download_failed"],
  ["VerifyFailed", "checksum_failed"],
  ["Deleted", "deleted"],
  ["DeleteFailed", "delete_failed"],
  ["CheckSuccess", "check_succeeded"],
  ["CheckFailed", "check_failed"],
  ["Restoring", "restoring"],
  ["Restored", "restored"],
  ["RestoreFailed", "restore_failed"],
  ["Whatever", "other"],
])("file %s is %s", (word, status) => {
  expect(toFileStatus(word)).toBe(status);
});

test.each([
  ["Database", "full"],
  ["FULL", "full"],
  ["Differential_Database", "differential"],
  ["DIFF", "differential"],
  ["Transaction_Log", "log"],
  ["LOG", "log"],
  ["?", "other"],
])("type %s is %s", (word, type) => {
  expect(toFileType(word)).toBe(type);
});

test("methods, both ways", () => {
  expect(toTaskMethod("UPDF")).toBe("access_pending");
  expect(toTaskMethod("FULL")).toBe("immediate");
  expect(toTaskMethod("DIFF")).toBe("other");
  expect(methodWords("access_pending")).toEqual({ backupMode: "UPDF", isOnlineDB: "False" });
  expect(methodWords("immediate")).toEqual({ backupMode: "FULL", isOnlineDB: "True" });
});

test("an object's position has no scheme and no slash before the key", () => {
  const expected = "oss-cn-beijing.aliyuncs.com:mybucket:Migration/a.bak";
  const object = { endpoint: "oss-cn-beijing.aliyuncs.com", bucket: "mybucket", key: "Migration/a.bak" };
  expect(ossObjectPosition(object)).toBe(expected);
  expect(
    ossObjectPosition({
      ...object,
      endpoint: "https://oss-cn-beijing.aliyuncs.com/",
      key: "/Migration/a.bak",
    }),
  ).toBe(expected);
});

test("file sizes are megabytes", () => {
  expect(parseFileSize("2")).toBe(2_097_152);
  expect(parseFileSize("2MB")).toBe(2_097_152);
  expect(parseFileSize("1.5")).toBe(1_572_864);
  expect(parseFileSize("")).toBeNull();
  expect(parseFileSize(undefined)).toBeNull();
  expect(parseFileSize("2GB")).toBeNull();
});
