import { describe, expect, it } from "vitest";
import { eventsOfResult, readEvent } from "./events";

describe("readEvent", () => {
  it("reads what this version writes", () => {
    const payload = { file: "a.trn", sizeBytes: 1024 };
    expect(readEvent("file_found", payload)).toEqual({ type: "file_found", payload });
  });

  it("keeps type and words of a fact that another version wrote", () => {
    expect(readEvent("upload_started", { file: "a.trn", sizeBytes: 1024 })).toEqual({
      type: "other",
      payload: { event: "upload_started", file: "a.trn", sizeBytes: 1024 },
    });
    expect(readEvent("file_found", { name: "a.trn" })).toEqual({
      type: "other",
      payload: { event: "file_found", name: "a.trn" },
    });
  });

  it("keeps fields that came later, and reads again what it read", () => {
    const later = { file: "a.trn", sizeBytes: 1024, color: "red" };
    expect(readEvent("file_found", later)).toEqual({ type: "file_found", payload: later });
    const other = readEvent("of_a_later_version", { n: 1 });
    expect(readEvent(other.type, other.payload)).toEqual(other);
  });

  it.each([null, undefined, 7, "text", [], { deep: { er: 1 } }])("survives the payload %j", (payload) => {
    expect(readEvent("file_found", payload)).toMatchObject({
      type: "other",
      payload: { event: "file_found" },
    });
  });

  it("takes no name of Object for a type", () => {
    expect(readEvent("constructor", {})).toMatchObject({ type: "other" });
  });
});

describe("eventsOfResult", () => {
  it("tells what the result of a step says, and no more", () => {
    expect(eventsOfResult("await_open", { downtimeSeconds: 61, other: 1 })).toEqual([
      { type: "database_online", payload: { downtimeSeconds: 61 } },
    ]);
  });

  it("tells who was left when writes were stopped", () => {
    const result = { stoppedAt: "2026-05-04T10:00:00.000Z", rowCounts: null, sessionsLeft: 2 };
    expect(eventsOfResult("stop_writes", result)).toEqual([
      { type: "sessions_left", payload: { sessionsLeft: 2 } },
    ]);
  });

  it("tells nothing that the result does not hold, and nothing of other kinds", () => {
    expect(eventsOfResult("await_open", {})).toEqual([]);
    expect(eventsOfResult("await_open", undefined)).toEqual([]);
    expect(eventsOfResult("upload", { downtimeSeconds: 61 })).toEqual([]);
  });
});
