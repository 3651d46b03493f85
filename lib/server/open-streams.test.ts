import { expect, test } from "vitest";
import { OpenStreams } from "./open-streams";

const refused = (limit: number) =>
  expect.objectContaining({
    fields: expect.objectContaining({ reason: "too_many_streams", params: { limit } }),
  });

test("one client takes its share and no more; others still come in", () => {
  const streams = new OpenStreams({ perClient: 2, inTotal: 3 });
  const leave = streams.enter("a");
  streams.enter("a");
  expect(() => streams.enter("a")).toThrow(refused(2));
  streams.enter("b");
  expect(() => streams.enter("c")).toThrow(refused(3));
  leave();
  streams.enter("c");
});

test("a place is given back once, however often its stream ends", () => {
  const streams = new OpenStreams({ perClient: 1, inTotal: 1 });
  const leave = streams.enter("a");
  leave();
  leave();
  streams.enter("a");
  expect(() => streams.enter("b")).toThrow(refused(1));
});
