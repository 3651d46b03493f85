import { beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { AppError } from "@/lib/diagnosis/app-error";
import type { KnownPerson } from "@/lib/identity/known-person";
import { signInByDirectory } from "./directory-sign-in";
import { findSession, isStillSignedIn, NOBODY } from "./find-session";
import { lookAtDirectoryAgain } from "./look-again";
import { prove } from "./prove";
import { requireProof } from "./require-proof";
import { signIn } from "./sign-in";

const PASSWORD = "drei gelbe Kutschen";
const MINUTE = 60_000;

let world: TestCtx;
let people: Map<string, KnownPerson>;
let asked: string[];
let silent: boolean;

beforeEach(async () => {
  world = await openTestCtx();
  people = new Map([["ann", { subject: "entryUUID=1", name: "ann", role: "operator" }]]);
  asked = [];
  silent = false;
  return () => world.close();
}, OPENING_MS);

const nobody = (): Ctx => ({
  ...world.ctx,
  actor: NOBODY,
  caller: {
    address: "10.0.0.7",
    origin: "http://127.0.0.1:3000",
    userAgent: "Mozilla/5.0",
    requestId: "r-1",
  },
  system: { ...world.ctx.system, signIn: "required" },
  identity: {
    ...world.ctx.identity,
    directory: {
      ...{ name: "Corp AD", issuer: "dc=corp", settings: [] },
      tryOut: () => Promise.reject(new Error("nobody tries it out")),
      identify: async (name, password) => {
        asked.push(name);
        return password === PASSWORD ? (people.get(name) ?? null) : null;
      },
      lookAgain: async (subject) => {
        if (silent)
          throw new AppError("external_failure", "directory_unreachable", { host: "dc1", code: "" });
        return [...people.values()].find((each) => each.subject === subject) ?? null;
      },
    },
  },
});
const enter = async (password = PASSWORD): Promise<Ctx> => {
  const { token } = await signInByDirectory({ ctx: nobody(), input: { name: "ann", password } });
  return { ...nobody(), actor: await findSession({ ctx: nobody(), input: { token } }) };
};
const saying = (reason: string) => ({ fields: expect.objectContaining({ reason }) });
const later = (milliseconds: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + milliseconds);
};
const watch = () => lookAtDirectoryAgain({ ctx: { ...world.ctx, identity: nobody().identity } });

test("who is known there comes in, and has no password here", async () => {
  expect((await enter()).actor).toMatchObject({ name: "ann", role: "operator" });
  const input = { name: "ann", password: PASSWORD };
  await expect(signIn({ ctx: nobody(), input })).rejects.toMatchObject(saying("sign_in_failed"));
  expect(await world.ctx.db.person.findMany()).toMatchObject([{ name: "ann", passwordHash: null }]);
});

test("five failures of a name and the directory is not asked any more: nobody locks an account there through here", async () => {
  for (let count = 1; count <= 5; count += 1)
    await expect(enter("guess")).rejects.toMatchObject(saying("sign_in_failed"));
  await expect(enter()).rejects.toMatchObject(saying("sign_in_blocked"));
  expect(asked).toHaveLength(5);
  later(15 * MINUTE);
  expect((await enter()).actor.name).toBe("ann");
});

test("what needs a proof takes the password of the directory, of the same entry", async () => {
  const ctx = await enter();
  later(6 * MINUTE);
  const refusal = { fields: { params: { by: "password" } } };
  await expect(requireProof(ctx, "beyond_sandbox")).rejects.toMatchObject(refusal);
  await expect(prove({ ctx, input: { password: "guess" } })).rejects.toMatchObject(saying("password_wrong"));
  // The login was given to somebody else.
  people.set("ann", { subject: "entryUUID=2", name: "ann", role: "administrator" });
  await expect(prove({ ctx, input: { password: PASSWORD } })).rejects.toMatchObject(saying("password_wrong"));
  people.set("ann", { subject: "entryUUID=1", name: "ann", role: "operator" });
  await prove({ ctx, input: { password: PASSWORD } });
  await requireProof(ctx, "always");
});

test("who is shut out there, or has lost their groups, is signed out within the next look; silence changes nothing", async () => {
  const ctx = await enter();
  await watch();
  silent = true;
  await expect(watch()).rejects.toMatchObject(saying("directory_unreachable"));
  expect(await isStillSignedIn({ ctx })).toBe(true);
  silent = false;
  people.set("ann", { subject: "entryUUID=1", name: "ann", role: "viewer" });
  await watch();
  expect(await isStillSignedIn({ ctx })).toBe(false);
  const again = await enter();
  expect(again.actor.role).toBe("viewer");
  people.delete("ann");
  await watch();
  expect(await isStillSignedIn({ ctx: again })).toBe(false);
  const changes = await world.ctx.db.auditEntry.findMany({ where: { action: "person.change" } });
  expect(changes.map(({ detail }) => detail)).toMatchObject([
    { roleBefore: "operator", role: "viewer", by: "directory" },
    { roleBefore: "viewer", role: "none", by: "directory" },
  ]);
});
