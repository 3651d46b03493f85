import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { whileSignedIn } from "./while-signed-in";

/** Somebody whose session is there for so many looks. */
function somebody(looks: number): Ctx {
  let left = looks;
  const at = new Date(0);
  const row = { id: "s", createdAt: at, seenAt: at, identityId: null };
  const session = { findMany: async () => (left-- > 0 ? [row] : []) };
  const actor = { kind: "person", id: "a", name: "a", role: "operator", sessionId: "s" };
  return { actor, now: () => at, db: { session } } as object as Ctx;
}

const untilEnded = (signal: AbortSignal) =>
  new Promise<never>((_, fail) => signal.addEventListener("abort", () => fail(new Error("ended"))));

test("what is under way ends with the session that it began in", async () => {
  const work = whileSignedIn(somebody(2), new AbortController().signal, untilEnded, 1);
  await expect(work).rejects.toMatchObject({ fields: { code: "unauthorized", reason: "sign_in_needed" } });
});

test("and with its request; what fails by itself says so", async () => {
  const request = new AbortController();
  const work = whileSignedIn(somebody(Number.POSITIVE_INFINITY), request.signal, untilEnded, 1);
  request.abort();
  await expect(work).rejects.toThrow("ended");
  const failing = () => Promise.reject(new Error("broken"));
  await expect(whileSignedIn(somebody(0), request.signal, failing, 60_000)).rejects.toThrow("broken");
});
