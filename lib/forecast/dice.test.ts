import { expect, test } from "vitest";
import { seededDice } from "./dice";
import { normalQuantile, studentQuantile } from "./quantiles";

test("a seed gives the same to whoever reads it, however far another has read", () => {
  const [one, other] = [seededDice(1), seededDice(1)];
  const normals = Array.from({ length: 20_000 }, () => one.normal());
  expect(normals.every(Number.isFinite)).toBe(true);
  expect(Array.from({ length: 20_000 }, () => other.normal())).toEqual(normals);
  expect(seededDice(2).normal()).not.toBe(normals[0]);
});

test("what is taken and not read moves those after it", () => {
  const [one, other] = [seededDice(1), seededDice(1)];
  const [, , third] = [one.normal(), one.normal(), one.normal()];
  other.take(2);
  expect(other.normal()).toBe(third);
});

test("the deviates of a place belong to one number", () => {
  const dice = seededDice(3);
  const at = dice.take(10_000) + 9_999;
  const { uniforms, normals, students } = dice.rolls;
  const uniform = uniforms[at] ?? Number.NaN;
  expect(normals[at]).toBe(normalQuantile(uniform));
  expect(students[at]).toBe(studentQuantile(uniform, 5));
});
