import { expect, test } from "vitest";
import { ByRounds } from "./by-rounds";
import type { MeasuredRound } from "./measured-round";

const round = (more: Partial<MeasuredRound> = {}): MeasuredRound => ({
  type: "log",
  bytes: 1_000,
  startedAtMs: 0,
  backupSeconds: 1,
  uploadSeconds: 2,
  importSeconds: 3,
  ...more,
});

function counting(most: number) {
  let made = 0;
  const kept = new ByRounds<number>(most);
  const ask = (rounds: readonly MeasuredRound[], also = "") =>
    kept.of(rounds, also, () => {
      made += 1;
      return made;
    });
  return { ask, made: () => made };
}

test("the same rounds are made of once, whoever brings them", () => {
  const { ask, made } = counting(10);
  expect(ask([round(), round()])).toBe(ask([round(), round()]));
  expect(made()).toBe(1);
});

test.each<Partial<MeasuredRound>>([
  { type: "differential" },
  { bytes: 1_001 },
  { startedAtMs: 1 },
  { backupSeconds: null },
  { uploadSeconds: 2.5 },
  { importSeconds: null },
])("an older round with %o is another history, though the newest is the same", (more) => {
  const { ask, made } = counting(10);
  ask([round(), round()]);
  ask([round(more), round()]);
  expect(made()).toBe(2);
});

test("what else was read counts", () => {
  const { ask, made } = counting(10);
  ask([round()], "1");
  ask([round()], "60");
  ask([round()], "1");
  expect(made()).toBe(2);
});

test("what was not asked for longest goes first", () => {
  const { ask, made } = counting(2);
  const [a, b, c] = [[round({ bytes: 1 })], [round({ bytes: 2 })], [round({ bytes: 3 })]];
  ask(a);
  ask(b);
  ask(a);
  ask(c);
  ask(a);
  expect(made()).toBe(3);
  ask(b);
  expect(made()).toBe(4);
});
