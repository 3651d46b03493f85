import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { isStillSignedIn } from "./find-session";
import { IDLE_MS } from "./session-limits";

test("sessions of many open pages are one look at the store, and each is told of by itself", async () => {
  const now = new Date(10 * IDLE_MS);
  const rows = [
    { id: "here", createdAt: now, seenAt: now, identityId: null },
    { id: "over", createdAt: now, seenAt: new Date(now.getTime() - IDLE_MS), identityId: null },
  ];
  const looks: string[][] = [];
  const findMany = async ({ where }: { where: { id: { in: string[] } } }) => {
    looks.push(where.id.in);
    return rows.filter(({ id }) => where.id.in.includes(id));
  };
  const db = { session: { findMany } };
  const asking = (sessionId: string) =>
    isStillSignedIn({ ctx: { actor: { kind: "person", sessionId }, now: () => now, db } as object as Ctx });
  const pages = Array.from({ length: 300 }, (_, n) => ["here", "over", "gone"][n % 3] ?? "");
  expect(await Promise.all(pages.map(asking))).toEqual(pages.map((id) => id === "here"));
  expect(looks).toEqual([["here", "over", "gone"]]);
  expect(await asking("here")).toBe(true);
  expect(looks).toHaveLength(2);
});
