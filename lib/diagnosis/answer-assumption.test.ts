import { describe, expect, it } from "vitest";
import { compareAnswer, shapeOf } from "./answer-assumption";

const assumed = {
  needs: ["Items.Task.Id", "Items.Task.Status"],
  knows: ["RequestId", "Items.Task.Tags.*"],
  words: { "Items.Task.Status": ["Running", "Success"] },
};
const task = { Id: "1", Status: "running", Tags: { anything: { at: "all" } } };

describe("compareAnswer", () => {
  it("says nothing of an answer that is as assumed, an empty list included", () => {
    expect(compareAnswer({ RequestId: "R", Items: { Task: [task, task] } }, assumed)).toEqual([]);
    expect(compareAnswer({ RequestId: "R", Items: { Task: [] } }, assumed)).toEqual([]);
    expect(compareAnswer({ anything: 1 }, { needs: [], knows: ["*"] })).toEqual([]);
  });

  it("names each field that is missing or unknown, and each word that is", () => {
    const body = {
      Items: {
        Task: [
          { Id: "", Status: "Paused" },
          { ...task, Status: "Paused", Owner: "somebody" },
          { ...task, Status: 7 },
        ],
      },
      Extra: { Deep: 1 },
    };
    expect(compareAnswer(body, assumed)).toEqual([
      { kind: "missing_field", at: "Items.Task.Id", found: null },
      { kind: "unknown_word", at: "Items.Task.Status", found: "Paused" },
      { kind: "unknown_field", at: "Items.Task.Owner", found: null },
      { kind: "unknown_word", at: "Items.Task.Status", found: "7" },
      { kind: "unknown_field", at: "Extra", found: null },
      { kind: "unknown_field", at: "Extra.Deep", found: null },
    ]);
  });

  it("takes a missing word for missing, not for unknown", () => {
    expect(compareAnswer([{ state: null }], { needs: [], knows: [], words: { state: ["ONLINE"] } })).toEqual(
      [],
    );
  });
});

describe("shapeOf", () => {
  it("has fields and types, and no value", () => {
    expect(
      shapeOf([
        { a: "secret", b: [1, null] },
        { a: true, c: { d: "x" } },
      ]),
    ).toEqual({
      a: "boolean or string",
      b: "null or number",
      "c.d": "string",
    });
  });
});
