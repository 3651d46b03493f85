import { beforeAll, beforeEach, expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { PasskeyAnswer } from "@/lib/contracts/passkey";
import { findSession, NOBODY } from "./find-session";
import { addPasskey, beginPasskey, listPasskeys, renamePasskey, revokePasskey } from "./passkeys";
import { requireProof } from "./require-proof";
import { signIn } from "./sign-in";
import { makeLink, useLink } from "./sign-in-links";
import {
  beginPasskeyProof,
  beginPasskeySignIn,
  hasPasskeys,
  proveByPasskey,
  signInByPasskey,
} from "./use-passkey";

const PASSWORD = "drei gelbe Kutschen";
const HERE = "https://chainferry.corp.example";
const MINUTE = 60_000;

let world: TestCtx;
let kept: string;
/** What the device says it has signed; null: the signature is wrong. */
let counter: number | null;
/** What was given to be signed, last. */
let asked: { host: string; origin: string; challenge: string } | null;

beforeAll(async () => {
  kept = await hashPassword(PASSWORD, { ln: 4, r: 1, p: 1 });
}, OPENING_MS);
beforeEach(async () => {
  world = await openTestCtx();
  counter = 1;
  asked = null;
  return () => world.close();
}, OPENING_MS);

const nobody = (origin = HERE): Ctx => ({
  ...world.ctx,
  actor: NOBODY,
  caller: { address: "10.0.0.7", userAgent: "Mozilla/5.0", origin, requestId: "r-1" },
  system: { ...world.ctx.system, signIn: "required" },
  identity: {
    ...world.ctx.identity,
    passkeys: {
      readMade: async ({ id }, at) => {
        asked = at;
        return counter === null ? null : { credentialId: id, publicKey: "a2V5", counter: 0 };
      },
      verify: async (_answer, at) => {
        asked = at;
        return counter === null ? null : { counter };
      },
    },
  },
});
const holding = async (token: string, origin = HERE): Promise<Ctx> => {
  const ctx = nobody(origin);
  return { ...ctx, actor: await findSession({ ctx, input: { token } }) };
};
const later = (milliseconds: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + milliseconds);
};
const saying = (reason: string, params: object = {}) => ({
  fields: expect.objectContaining({ reason, params: expect.objectContaining(params) }),
});
const answer = (id = "laptop", userHandle: string | null = null): PasskeyAnswer => ({
  ...{ id, rawId: id, type: "public-key" },
  response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA", userHandle },
});
const acts = async () => {
  const rows = await world.ctx.db.auditEntry.findMany({ orderBy: { seq: "asc" } });
  return rows.map(({ action, outcome, subject }) => `${action} ${outcome} ${subject}`);
};
const add = async (ctx: Ctx, id = "laptop") => {
  const { attempt } = await beginPasskey({ ctx });
  const made = {
    ...{ id, rawId: id, type: "public-key" as const },
    response: { clientDataJSON: "e30", attestationObject: "AA", transports: ["internal"] },
  };
  await addPasskey({ ctx, input: { name: "My laptop", made, attempt } });
};
/** Ann, who has a password, signed in by a link. */
const enter = async (origin = HERE): Promise<Ctx> => {
  const { db } = world.ctx;
  const known = { id: "ann", name: "ann", nameKey: "ann", role: "operator", passwordHash: kept };
  await db.person.upsert({ where: { id: "ann" }, create: known, update: {} });
  const link = await db.$transaction((tx) =>
    makeLink(world.ctx, tx, { personId: "ann", purpose: "invitation" }),
  );
  return holding((await useLink({ ctx: nobody(), input: { token: link.token } })).token, origin);
};
const byPassword = (origin = HERE) =>
  signIn({ ctx: nobody(origin), input: { name: "ann", password: PASSWORD } });
const byPasskey = async (ctx = nobody(), given = answer()) => {
  const { attempt } = beginPasskeySignIn({ ctx });
  return signInByPasskey({ ctx, input: { attempt, answer: given } });
};

test("who has a passkey signs in with it, and the password alone is not enough any more", async () => {
  const ann = await enter();
  expect(await byPassword()).toHaveProperty("token");
  expect(await hasPasskeys({ ctx: nobody() })).toBe(false);
  await add(ann);
  expect(asked).toMatchObject({ host: "chainferry.corp.example", origin: HERE });
  expect(await hasPasskeys({ ctx: nobody() })).toBe(true);
  await expect(byPassword()).rejects.toMatchObject(saying("passkey_needed"));
  await expect(signIn({ ctx: nobody(), input: { name: "ann", password: "wrong" } })).rejects.toMatchObject(
    saying("sign_in_failed"),
  );
  const { token } = await byPasskey();
  expect((await holding(token)).actor).toMatchObject({ id: "ann", role: "operator" });
  // Under an address to which it does not belong nobody gets round it.
  const host = "chainferry.corp.example";
  for (const origin of ["http://127.0.0.1:3000", "https://other.example"])
    await expect(byPassword(origin)).rejects.toMatchObject(saying("passkey_elsewhere", { host }));
  expect(await acts()).toEqual(
    expect.arrayContaining(["passkey.add done ann", "sign_in refused ann", "sign_in done ann"]),
  );
  // A lost device: a link comes in without it.
  await revokePasskey({
    ctx: await enter(),
    input: { id: (await listPasskeys({ ctx: ann })).passkeys[0]?.id ?? "" },
  });
  expect(await byPassword()).toHaveProperty("token");
});

test("an answer counts once, for five minutes, in its browser, under its address, for its purpose", async () => {
  const ann = await enter();
  await add(ann);
  const over = saying("passkey_attempt_over");
  const { attempt } = beginPasskeySignIn({ ctx: nobody() });
  const use = (ctx: Ctx, given: string | null) =>
    signInByPasskey({ ctx, input: { attempt: given, answer: answer() } });
  counter = 0;
  expect(await use(nobody(), attempt)).toHaveProperty("token");
  await expect(use(nobody(), attempt)).rejects.toMatchObject(over);
  await expect(use(nobody(), null)).rejects.toMatchObject(over);
  await expect(use(nobody(), "made up")).rejects.toMatchObject(over);
  await expect(
    use(nobody("https://other.example"), beginPasskeySignIn({ ctx: nobody() }).attempt),
  ).rejects.toMatchObject(over);
  const proof = await beginPasskeyProof({ ctx: ann });
  await expect(use(nobody(), proof.attempt)).rejects.toMatchObject(over);
  const late = beginPasskeySignIn({ ctx: nobody() });
  later(5 * MINUTE);
  await expect(use(nobody(), late.attempt)).rejects.toMatchObject(over);
});

test("two answers to one challenge at once: one comes in", async () => {
  await add(await enter());
  counter = 0;
  const { attempt } = beginPasskeySignIn({ ctx: nobody() });
  const came = await Promise.allSettled(
    [1, 2, 3].map(() => signInByPasskey({ ctx: nobody(), input: { attempt, answer: answer() } })),
  );
  expect(came.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a device that has not signed more often than it had before is a copy: refused, and noted", async () => {
  await add(await enter());
  counter = 7;
  await byPasskey();
  for (const seen of [7, 6, 0]) {
    counter = seen;
    await expect(byPasskey()).rejects.toMatchObject(saying("passkey_copied"));
  }
  counter = 8;
  await byPasskey();
  const rows = await world.ctx.db.auditEntry.findMany({ where: { outcome: "refused" } });
  expect(rows.map(({ detail }) => detail)).toEqual(
    Array(3).fill(expect.objectContaining({ reason: "passkey_copied", by: "passkey" })),
  );
});

test("an unknown passkey, a wrong signature, another person's handle and somebody shut out are told the same; twenty and the address waits", async () => {
  await add(await enter());
  const failed = saying("passkey_not_valid");
  await expect(byPasskey(nobody(), answer("unknown"))).rejects.toMatchObject(failed);
  await expect(byPasskey(nobody(), answer("laptop", "Ym9i"))).rejects.toMatchObject(failed);
  await expect(byPasskey(nobody("https://other.example"))).rejects.toMatchObject(failed);
  counter = null;
  await expect(byPasskey()).rejects.toMatchObject(failed);
  counter = 1;
  await world.ctx.db.person.update({ where: { id: "ann" }, data: { disabledAt: world.clock.at } });
  await expect(byPasskey()).rejects.toMatchObject(failed);
  await world.ctx.db.person.update({ where: { id: "ann" }, data: { disabledAt: null } });
  counter = null;
  for (let n = 5; n < 20; n += 1) await expect(byPasskey()).rejects.toMatchObject(failed);
  counter = 2;
  await expect(byPasskey()).rejects.toMatchObject(saying("sign_in_blocked"));
  later(15 * MINUTE);
  expect(await byPasskey()).toHaveProperty("token");
});

test("it shows once more who holds a session: theirs, not somebody else's", async () => {
  const ann = await enter();
  await add(ann);
  await world.ctx.db.person.create({ data: { id: "bob", name: "bob", nameKey: "bob", role: "viewer" } });
  await world.ctx.db.passkey.create({
    data: {
      ...{ id: "b", personId: "bob", name: "b", host: "chainferry.corp.example", credentialId: "phone" },
      ...{ publicKey: "a2V5", counter: 0n, transports: "", addedAt: world.clock.at },
    },
  });
  later(5 * MINUTE);
  await expect(requireProof(ann, "always")).rejects.toMatchObject(
    saying("reauthentication_required", { by: "passkey" }),
  );
  const elsewhere = { ...ann, caller: nobody("http://127.0.0.1:3000").caller };
  await expect(requireProof(elsewhere, "always")).rejects.toMatchObject(
    saying("reauthentication_required", { by: "password" }),
  );
  const prove = async (given: PasskeyAnswer) => {
    const { request, attempt } = await beginPasskeyProof({ ctx: ann });
    expect(request.allowCredentials.map(({ id }) => id)).toEqual(["laptop"]);
    await proveByPasskey({ ctx: ann, input: { attempt, answer: given } });
  };
  await expect(prove(answer("phone"))).rejects.toMatchObject(saying("passkey_not_valid"));
  await expect(requireProof(ann, "always")).rejects.toMatchObject(saying("reauthentication_required"));
  await prove(answer());
  await requireProof(ann, "always");
  expect((await acts()).slice(-2)).toEqual(["session.prove refused ann", "session.prove done ann"]);
});

test("one's own are named and taken back, and nobody else's; who comes by a provider has none", async () => {
  const ann = await enter();
  await add(ann);
  const [own] = (await listPasskeys({ ctx: ann })).passkeys;
  const id = own?.id ?? "";
  expect(own).toMatchObject({ name: "My laptop", host: "chainferry.corp.example", usedAt: null });
  await renamePasskey({ ctx: ann, input: { id, name: "Old laptop" } });
  expect((await listPasskeys({ ctx: ann })).passkeys).toMatchObject([{ name: "Old laptop" }]);
  const gone = saying("passkey_not_found");
  for (const other of [world.as("administrator"), world.as("viewer")]) {
    await expect(revokePasskey({ ctx: other, input: { id } })).rejects.toMatchObject(gone);
    await expect(renamePasskey({ ctx: other, input: { id, name: "x" } })).rejects.toMatchObject(gone);
  }
  await expect(add(ann)).rejects.toMatchObject(saying("passkey_known"));
  await expect(beginPasskey({ ctx: await enter("http://127.0.0.1:3000") })).rejects.toMatchObject(
    saying("passkey_not_here"),
  );
  await revokePasskey({ ctx: ann, input: { id } });
  await expect(byPasskey()).rejects.toMatchObject(saying("passkey_not_valid"));
  await world.ctx.db.identity.create({
    data: {
      ...{ id: "i", personId: "ann", kind: "openid", issuer: "https://corp", subject: "1", name: "ann" },
      ...{ addedAt: world.clock.at, seenAt: world.clock.at },
    },
  });
  await expect(beginPasskey({ ctx: ann })).rejects.toMatchObject(saying("passkey_of_provider"));
  expect((await acts()).filter((act) => act.startsWith("passkey"))).toEqual([
    "passkey.add done ann",
    "passkey.rename done ann",
    "passkey.revoke done ann",
  ]);
});
