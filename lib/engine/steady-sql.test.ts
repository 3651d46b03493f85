import { expect, test, vi } from "vitest";
import { steadySql } from "./steady-sql";

const failing = (...failures: Error[]) => {
  const executeSql = vi.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return { rows: ["answer"] };
  });
  const [onLost, onBack] = [vi.fn(), vi.fn()];
  return { executeSql, onLost, onBack, steady: steadySql({ executeSql, onLost, onBack, pauseMs: 1 }) };
};
const coded = (code: string) => Object.assign(new Error("x"), { code });

test("a server that restarts is waited for, told once when it goes and once when it is back", async () => {
  const shutdown = coded("57P01");
  const world = failing(
    shutdown,
    coded("ECONNREFUSED"),
    coded("57P03"),
    new Error("Connection terminated unexpectedly"),
  );
  expect(await world.steady.executeSql("SELECT $1", [1])).toEqual({ rows: ["answer"] });
  expect(world.executeSql.mock.calls).toEqual(Array(5).fill(["SELECT $1", [1]]));
  expect(world.onLost.mock.calls).toEqual([[shutdown]]);
  expect(world.onBack).toHaveBeenCalledTimes(1);
});

test("who was ended in a deadlock asks again: nothing was changed, and no server is lost", async () => {
  const world = failing(coded("40P01"));
  expect(await world.steady.executeSql("SELECT pgboss.create_queue($1)", ["run-step"])).toEqual({
    rows: ["answer"],
  });
  expect(world.executeSql).toHaveBeenCalledTimes(2);
  expect(world.onLost).not.toHaveBeenCalled();
  expect(world.onBack).not.toHaveBeenCalled();
});

test("what the server itself refuses is thrown", async () => {
  const world = failing(coded("23505"));
  await expect(world.steady.executeSql("INSERT")).rejects.toMatchObject({ code: "23505" });
  expect(world.executeSql).toHaveBeenCalledTimes(1);
  expect(world.onLost).not.toHaveBeenCalled();
});

test("after the stop nothing is waited for, and nothing rejects", async () => {
  const world = failing(...Array.from({ length: 1_000 }, () => coded("ECONNREFUSED")));
  const waiting = world.steady.executeSql("SELECT 1");
  world.steady.stop();
  expect(await waiting).toEqual({ rows: [] });
});

test("what is asked while the store closes is answered as if there were nothing", async () => {
  const closed = new Error("Cannot use a pool after calling end on the pool");
  const world = failing(closed, closed);
  world.steady.stop();
  // As pg-boss says that a job is over, which reads the number of the first row.
  const over =
    "WITH results AS (UPDATE pgboss.job SET state = 'completed' RETURNING 1) SELECT COUNT(*) FROM results\n  ";
  expect(await world.steady.executeSql(over)).toEqual({ rows: [{ count: "0" }] });
  expect(await world.steady.executeSql("SELECT 1")).toEqual({ rows: [] });
});
