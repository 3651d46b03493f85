import { expect, test } from "vitest";
import { nextPage } from "./next-page";

const ORIGIN = "http://127.0.0.1:3000";

test.each([
  ["", "/"],
  ["?next=%2Frecords%2Fall%3Fpage%3D2", "/records/all?page=2"],
  ["?next=https%3A%2F%2Fevil.example%2F", "/"],
  ["?next=%2F%2Fevil.example", "/"],
  ["?next=%2F%5Cevil.example", "/"],
  ["?next=%2F.%2F%2Fevil.example", "/evil.example"],
  ["?next=%2Fa%2F..%2F%2Fevil.example", "/evil.example"],
  ["?next=javascript%3Aalert(1)", "/"],
  ["?next=http%3A%2F%2F%5B", "/"],
])("%j leads to %s", (search, page) => {
  expect(nextPage(search, ORIGIN)).toBe(page);
});
