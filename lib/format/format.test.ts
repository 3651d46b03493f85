import { describe, expect, it } from "vitest";
import { compareNames } from "./compare-names";
import { formatBytes, formatRate } from "./format-bytes";
import { formatClock, formatDuration } from "./format-duration";
import { formatInstant, formatOffset, formatSourceTime } from "./format-instant";
import { formatNumber, formatPercent } from "./format-number";
import { formatRelative } from "./format-relative";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1024, "1.0 KiB"],
    [1024 * 1024 - 1, "1.00 MiB"],
    [742 * 2 ** 20, "742 MiB"],
    [3.94 * 2 ** 30, "3.94 GiB"],
    [22.9 * 2 ** 30, "22.9 GiB"],
    [486.3 * 2 ** 30, "486.3 GiB"],
    [1.42 * 2 ** 40, "1.42 TiB"],
  ])("%d is %s", (bytes, text) => {
    expect(plain(formatBytes(bytes, "en"))).toBe(text);
  });
  it("names a rate", () => {
    expect(plain(formatRate(17.9 * 2 ** 20, "zh-CN"))).toBe("17.9 MiB/s");
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "0s", "0秒"],
    [-5, "0s", "0秒"],
    [180, "0.2s", "0.2秒"],
    [999, "1s", "1秒"],
    [43_000, "43s", "43秒"],
    [385_000, "6m 25s", "6分25秒"],
    [3_849_000, "1h 04m 09s", "1小时04分09秒"],
    [273_600_000, "3d 4h", "3天4小时"],
  ])("%d ms is %s", (ms, english, chinese) => {
    expect(formatDuration(ms, "en")).toBe(english);
    expect(formatDuration(ms, "zh-CN")).toBe(chinese);
  });
  it("runs as a clock", () => {
    expect([formatClock(108_900), formatClock(3_729_000), formatClock(-1)]).toEqual([
      "1:48",
      "1:02:09",
      "0:00",
    ]);
  });
});

describe("times", () => {
  const at = "2026-05-17T03:27:58Z";
  it("shows instants in 24 h in both languages", () => {
    expect(formatInstant(at, "en", "full", "UTC")).toBe("17 May 2026, 03:27:58");
    expect(formatInstant(at, "zh-CN", "full", "UTC")).toBe("2026年5月17日 03:27:58");
    expect(formatInstant("2026-05-17T00:05:00Z", "en", "time", "UTC")).toBe("00:05");
    expect(formatInstant("nonsense", "en")).toBe("");
  });
  it("lays out source time without converting it", () => {
    expect(formatSourceTime("2026-05-17T03:27:15.000")).toBe("2026-05-17 03:27:15");
    expect([formatOffset(480), formatOffset(-210), formatOffset(0)]).toEqual([
      "UTC+08:00",
      "UTC-03:30",
      "UTC+00:00",
    ]);
  });
  it("says how long ago", () => {
    const now = Date.parse(at);
    expect(formatRelative(now - 185_000, now, "en")).toBe("3 minutes ago");
    expect(formatRelative(now + 12_000, now, "en")).toBe("in 12 seconds");
    expect(formatRelative(now - 185_000, now, "zh-CN")).toBe("3分钟前");
  });
});

describe("numbers and names", () => {
  it("never rounds up to all", () => {
    expect(plain(formatPercent(999, 1000, "en"))).toBe("99 %");
    expect(plain(formatPercent(1, 0, "en"))).toBe("0 %");
    expect(formatNumber(4_182_906, "en")).toBe("4,182,906");
  });
  it("orders log2 before log10", () => {
    expect(["log10", "log2"].sort((a, b) => compareNames(a, b, "en"))).toEqual(["log2", "log10"]);
  });
});
