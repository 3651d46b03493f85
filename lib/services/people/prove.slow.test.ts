import { beforeAll, beforeEach, expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { openFirstStart } from "./administrators";
import { findSession } from "./find-session";
import { prove } from "./prove";
import { type ProofNeed, requireProof } from "./require-proof";
import { setPassword } from "./set-password";
import { signIn } from "./sign-in";
import { useLink } from "./sign-in-links";

const PASSWORD = "drei gelbe Kutschen";
const MINUTE = 60_000;

let world: TestCtx;
let kept: string;

beforeAll(async () => {
  kept = await hashPassword(PASSWORD, { ln: 4, r: 1, p: 1 });
}, OPENING_MS);
beforeEach(async () => {
  world = await openTestCtx();
  return () => world.close();
}, OPENING_MS);

const nobody = (): Ctx => ({
  ...world.ctx,
  system: { ...world.ctx.system, signIn: "required" },
  actor: { kind: "nobody", id: "nobody", name: "nobody", role: null },
  caller: { address: "10.0.0.7", origin: "http://127.0.0.1:3000", userAgent: "", requestId: "r-1" },
});
const holding = async (token: string): Promise<Ctx> => {
  const ctx = nobody();
  return { ...ctx, actor: await findSession({ ctx, input: { token } }) };
};
const enter = async (name: string) => {
  await world.ctx.db.person.create({
    data: { id: name, name, nameKey: name, role: "operator", passwordHash: kept },
  });
  return holding((await signIn({ ctx: nobody(), input: { name, password: PASSWORD } })).token);
};
const enterByLink = async () => {
  const link = await openFirstStart({ ctx: world.ctx });
  return holding((await useLink({ ctx: nobody(), input: { token: link?.token ?? "" } })).token);
};
const addConnection = (sandbox: boolean) =>
  world.ctx.db.connection.create({
    data: { id: `c-${sandbox}`, kind: "sql_server", name: "c", sandbox, config: {}, secretSealed: "" },
  });
const later = (milliseconds: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + milliseconds);
};
const failing = (reason: string, params: object = {}) => ({
  fields: expect.objectContaining({ reason, params: expect.objectContaining(params) }),
});
const NEEDS: readonly ProofNeed[] = ["always", "beyond_sandbox"];

test("a sign-in counts for five minutes, then the password does, for five more", async () => {
  const ctx = await enter("ann");
  for (const need of NEEDS) await requireProof(ctx, need);
  later(5 * MINUTE - 1);
  for (const need of NEEDS) await requireProof(ctx, need);
  later(1);
  for (const need of NEEDS) {
    await expect(requireProof(ctx, need)).rejects.toMatchObject(
      failing("reauthentication_required", { by: "password" }),
    );
  }
  await prove({ ctx, input: { password: PASSWORD } });
  await requireProof(ctx, "always");
  later(5 * MINUTE);
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(failing("reauthentication_required"));
  const acts = await world.ctx.db.auditEntry.findMany({ where: { action: "session.prove" } });
  expect(acts).toMatchObject([{ actor: "ann", outcome: "done" }]);
});

test("another session of the same person has shown nothing", async () => {
  const ctx = await enter("ann");
  later(5 * MINUTE);
  const other = await holding(
    (await signIn({ ctx: nobody(), input: { name: "ann", password: PASSWORD } })).token,
  );
  await requireProof(other, "always");
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(failing("reauthentication_required"));
});

test("a wrong password is noted, and after five not even the right one counts for a while", async () => {
  const ctx = await enter("ann");
  later(5 * MINUTE);
  for (let n = 0; n < 5; n += 1) {
    await expect(prove({ ctx, input: { password: "guess" } })).rejects.toMatchObject(
      failing("password_wrong"),
    );
  }
  await expect(prove({ ctx, input: { password: PASSWORD } })).rejects.toMatchObject(
    failing("sign_in_blocked", { minutes: 15 }),
  );
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(failing("reauthentication_required"));
  later(15 * MINUTE);
  await prove({ ctx, input: { password: PASSWORD } });
  expect(
    await world.ctx.db.auditEntry.count({ where: { action: "session.prove", outcome: "refused" } }),
  ).toBe(5);
});

test("failed sign-ins under somebody's name keep them from nothing that they are doing", async () => {
  const ctx = await enter("ann");
  later(5 * MINUTE);
  for (let n = 0; n < 5; n += 1) {
    await expect(signIn({ ctx: nobody(), input: { name: "ann", password: "guess" } })).rejects.toMatchObject(
      failing("sign_in_failed"),
    );
  }
  await prove({ ctx, input: { password: PASSWORD } });
  await requireProof(ctx, "always");
});

test("who came by the printed link tries the sandbox without a password, and sets one for more", async () => {
  const ctx = await enterByLink();
  await addConnection(true);
  await requireProof(ctx, "always");
  later(5 * MINUTE);
  await requireProof(ctx, "beyond_sandbox");
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(
    failing("reauthentication_required", { by: "new_password" }),
  );
  await addConnection(false);
  await expect(requireProof(ctx, "beyond_sandbox")).rejects.toMatchObject(
    failing("reauthentication_required", { by: "new_password" }),
  );
  const { token } = await setPassword({ ctx, input: { currentPassword: null, newPassword: PASSWORD } });
  const signedIn = await holding(token);
  for (const need of NEEDS) await requireProof(signedIn, need);
});

test("commands of this machine, and whoever comes where nobody signs in, are not asked", async () => {
  await addConnection(false);
  const ctx = await enter("ann");
  later(60 * MINUTE);
  await requireProof({ ...ctx, actor: world.ctx.actor }, "always");
  await requireProof({ ...ctx, system: { ...ctx.system, signIn: "off" } }, "always");
});

test("a session that has ended meanwhile is none", async () => {
  const ctx = await enter("ann");
  await world.ctx.db.session.deleteMany();
  await expect(requireProof(ctx, "always")).rejects.toMatchObject(failing("sign_in_needed"));
});
