import { expect, test } from "vitest";
import { isStoreAway } from "./is-store-away";

const prisma = (code: string, message = "") =>
  Object.assign(new Error(message), { name: "PrismaClientKnownRequestError", code });

test.each([
  prisma("P1017", "Server has closed the connection."),
  prisma("P1001"),
  prisma("P2024"),
  prisma("P2010", "Raw query failed. Message: `terminating connection due to administrator command`"),
  new Error("Connection terminated unexpectedly"),
  new Error("timeout exceeded when trying to connect"),
])("the store is away: %s", (error) => {
  expect(isStoreAway(error)).toBe(true);
});

test.each([
  prisma("P2002", "Unique constraint failed"),
  prisma("P2025"),
  // Of another system: its code says so.
  Object.assign(new Error("Connection terminated"), { code: "ECONNRESET" }),
  Object.assign(new Error("Connection terminated"), { name: "ConnectionError" }),
  new Error("it broke"),
  "P1017",
])("it is not, or nobody said so: %s", (error) => {
  expect(isStoreAway(error)).toBe(false);
});
