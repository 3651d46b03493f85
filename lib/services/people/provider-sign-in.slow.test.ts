import { beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { AppError } from "@/lib/diagnosis/app-error";
import type { KnownPerson } from "@/lib/identity/known-person";
import type { OpenIdAttempt } from "@/lib/identity/openid/openid-provider";
import { openFirstStart } from "./administrators";
import { changePerson, invitePerson } from "./change-person";
import { findSession, isStillSignedIn, NOBODY } from "./find-session";
import { listPeople } from "./list-people";
import { beginAtProvider, finishAtProvider, listSignInWays } from "./provider-sign-in";
import { requireProof } from "./require-proof";
import { signOut } from "./sessions";
import { readProfile, setPassword } from "./set-password";
import { renewLink } from "./sign-in-links";

const ORIGIN = "http://127.0.0.1:3000";
const ISSUER = "https://login.corp.example";
const MINUTE = 60_000;

let world: TestCtx;
let known: KnownPerson & { shownAt: Date | null };
let failing: AppError | null;
let asked: OpenIdAttempt[];

beforeEach(async () => {
  world = await openTestCtx();
  known = { subject: "ann-1", name: "Ann", role: "operator", shownAt: world.clock.at };
  failing = null;
  asked = [];
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
    provider: {
      ...{ name: "Corp", issuer: ISSUER, settings: [] },
      tryOut: () => Promise.reject(new Error("nobody tries it out")),
      begin: async (attempt) => {
        asked.push(attempt);
        return `${ISSUER}/authorize?state=${attempt.state}`;
      },
      finish: async (attempt, answer) => {
        if (failing !== null) throw failing;
        expect([attempt.state, answer]).toEqual([asked.at(-1)?.state, "code=1"]);
        return known;
      },
      signOutUrl: async (returnTo) => `${ISSUER}/end?${returnTo}`,
    },
    directory: null,
    passkeys: world.ctx.identity.passkeys,
  },
});
const holding = async (token: string): Promise<Ctx> => {
  const ctx = nobody();
  return { ...ctx, actor: await findSession({ ctx, input: { token } }) };
};
const begin = (ctx = nobody(), purpose: "sign_in" | "proof" = "sign_in") =>
  beginAtProvider({ ctx, input: { purpose, origin: ORIGIN, next: "/records" } });
const finish = (ctx: Ctx, attempt: string | null, origin = ORIGIN) =>
  finishAtProvider({ ctx, input: { attempt, origin, answer: "code=1" } });
async function enter(): Promise<Ctx> {
  const { attempt } = await begin();
  return holding((await finish(nobody(), attempt)).opened?.token ?? "");
}
const saying = (reason: string) => ({ fields: expect.objectContaining({ reason }) });
const later = (milliseconds: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + milliseconds);
};
const acts = async () => {
  const rows = await world.ctx.db.auditEntry.findMany({ orderBy: { seq: "asc" } });
  return rows.map(({ action, outcome, subject }) => `${action} ${outcome} ${subject}`);
};

test("who comes for the first time is a person of their own, with what their groups give them; the second time the same", async () => {
  expect(listSignInWays({ ctx: nobody() })).toEqual({ openid: { name: "Corp" }, directory: null });
  const first = await enter();
  expect(first.actor).toMatchObject({ kind: "person", name: "Ann", role: "operator" });
  known = { ...known, name: "Ann Li" };
  const second = await enter();
  expect(second.actor.id).toBe(first.actor.id);
  expect(await world.ctx.db.identity.findMany()).toMatchObject([{ subject: "ann-1", name: "Ann Li" }]);
  expect(await acts()).toEqual(["person.add done Ann", "sign_in done Ann", "sign_in done Ann"]);
  const { people } = await listPeople({ ctx: world.ctx });
  expect(people).toMatchObject([{ name: "Ann", identity: "openid", hasPassword: false }]);
});

test("a name that somebody has here lets nobody into their account", async () => {
  const { personId } = await invitePerson({ ctx: world.ctx, input: { name: "ann", role: "administrator" } });
  const ctx = await enter();
  expect(ctx.actor).toMatchObject({ name: "Ann (Corp)", role: "operator" });
  expect(ctx.actor.id).not.toBe(personId);
});

test("groups that give nothing, and being shut out here, let nobody in, and stand in the audit", async () => {
  const ctx = await enter();
  await changePerson({ ctx: world.ctx, input: { personId: ctx.actor.id, role: "operator", disabled: true } });
  await expect(enter()).rejects.toMatchObject(saying("identity_shut_out"));
  await changePerson({
    ctx: world.ctx,
    input: { personId: ctx.actor.id, role: "operator", disabled: false },
  });
  const again = await enter();
  known = { ...known, role: null };
  await expect(enter()).rejects.toMatchObject(saying("identity_no_role"));
  expect(await isStillSignedIn({ ctx: again })).toBe(false);
  expect(await acts()).toEqual(expect.arrayContaining(["sign_in refused Ann"]));
});

test("their role is their groups': changed there it ends their sessions, here it can't be changed, nor a password set", async () => {
  const before = await enter();
  const personId = before.actor.id;
  known = { ...known, role: "administrator" };
  const after = await enter();
  expect(after.actor.role).toBe("administrator");
  expect(await isStillSignedIn({ ctx: before })).toBe(false);
  const input = { personId, role: "viewer", disabled: false } as const;
  await expect(changePerson({ ctx: world.ctx, input })).rejects.toMatchObject(saying("role_elsewhere"));
  const passwords = { currentPassword: null, newPassword: "drei gelbe Kutschen" };
  await expect(setPassword({ ctx: after, input: passwords })).rejects.toMatchObject(
    saying("password_elsewhere"),
  );
  await expect(renewLink({ ctx: world.ctx, input: { personId } })).rejects.toMatchObject(
    saying("password_elsewhere"),
  );
  expect(await readProfile({ ctx: after })).toMatchObject({ identity: "openid", hasPassword: false });
  // The link of a first start is the local administrator's, not theirs.
  const link = await openFirstStart({ ctx: world.ctx });
  expect(link).not.toBeNull();
  expect(await world.ctx.db.signInLink.findMany()).toMatchObject([{ personId: "local" }]);
});

test("an attempt counts for ten minutes, in its browser, under its address", async () => {
  const { attempt } = await begin();
  for (const [held, origin] of [
    [null, ORIGIN],
    ["made.up.attempt", ORIGIN],
    [attempt, "https://chainferry.corp.example"],
  ] as const) {
    await expect(finish(nobody(), held, origin)).rejects.toMatchObject(saying("sign_in_attempt_over"));
  }
  later(10 * MINUTE);
  await expect(finish(nobody(), attempt)).rejects.toMatchObject(saying("sign_in_attempt_over"));
  await begin();
  const [first, second] = asked;
  expect(new Set([first, second].flatMap((each) => [each?.state, each?.nonce, each?.verifier])).size).toBe(6);
  expect(first?.redirectUri).toBe(`${ORIGIN}/sign-in/return`);
});

test("answers that are not right are noted, and twenty of them from an address make it wait", async () => {
  failing = new AppError("unauthorized", "provider_wrong_keys", { host: "login.corp.example" });
  for (let count = 1; count <= 20; count += 1)
    await expect(enter()).rejects.toMatchObject(saying("provider_wrong_keys"));
  failing = null;
  await expect(enter()).rejects.toMatchObject(saying("sign_in_blocked"));
  expect((await acts()).filter((act) => act.startsWith("sign_in refused"))).toHaveLength(20);
  later(15 * MINUTE);
  known = { ...known, shownAt: world.clock.at };
  expect((await enter()).actor.name).toBe("Ann");
});

test("a session ends after twelve hours, and where it ends the provider is named", async () => {
  const ctx = await enter();
  for (let hour = 1; hour < 12; hour += 1) {
    later(60 * MINUTE);
    await world.ctx.db.session.updateMany({ data: { seenAt: world.clock.at } });
  }
  expect(await isStillSignedIn({ ctx })).toBe(true);
  later(60 * MINUTE);
  expect(await isStillSignedIn({ ctx })).toBe(false);
  const again = await enter();
  expect(await signOut({ ctx: again, input: { returnTo: ORIGIN } })).toBe(`${ISSUER}/end?${ORIGIN}`);
  expect(await isStillSignedIn({ ctx: again })).toBe(false);
});

test("what needs a proof is done after one at the provider: fresh, and by the same person", async () => {
  const ctx = await enter();
  await requireProof(ctx, "always");
  later(6 * MINUTE);
  const refusal = { fields: { reason: "reauthentication_required", params: { by: "provider" } } };
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(refusal);
  await expect(requireProof(ctx, "beyond_sandbox")).rejects.toMatchObject(refusal);

  const { attempt } = await begin(ctx, "proof");
  expect(asked.at(-1)?.fresh).toBe(true);
  for (const shownAt of [null, new Date(world.clock.at.getTime() - 6 * MINUTE)]) {
    known = { ...known, shownAt };
    await expect(finish(ctx, attempt)).rejects.toMatchObject(saying("provider_not_fresh"));
  }
  known = { ...known, shownAt: world.clock.at, subject: "eve-1" };
  await expect(finish(ctx, attempt)).rejects.toMatchObject(saying("identity_other_person"));
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(refusal);
  known = { ...known, subject: "ann-1" };
  await expect(finish(nobody(), attempt)).rejects.toMatchObject(saying("sign_in_needed"));
  expect(await finish(ctx, attempt)).toMatchObject({ purpose: "proof", opened: null });
  await requireProof(ctx, "always");
  later(6 * MINUTE);
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(refusal);
});
