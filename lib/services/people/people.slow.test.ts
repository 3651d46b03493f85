import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import { hashToken } from "@/lib/auth/token";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { Role } from "@/lib/contracts/system";
import { openFirstStart, recoverAdministrator } from "./administrators";
import { changePerson, invitePerson } from "./change-person";
import { countFailure } from "./count-failures";
import { findSession, isStillSignedIn } from "./find-session";
import { listPeople } from "./list-people";
import { endSession, listSessions, signOut } from "./sessions";
import { readProfile, setPassword } from "./set-password";
import { signIn } from "./sign-in";
import { renewLink, useLink } from "./sign-in-links";

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

/** Somebody who is not signed in yet, at an address. */
const nobody = (address = "10.0.0.7"): Ctx => ({
  ...world.ctx,
  actor: { kind: "nobody", id: "nobody", name: "nobody", role: null },
  caller: { address, origin: "http://127.0.0.1:3000", userAgent: "Mozilla/5.0", requestId: "r-1" },
});
const holding = async (token: string): Promise<Ctx> => {
  const ctx = nobody();
  return { ...ctx, actor: await findSession({ ctx, input: { token } }) };
};
const addPerson = (name: string, role: Role, withPassword = true) =>
  world.ctx.db.person.create({
    data: { id: name, name, nameKey: name, role, passwordHash: withPassword ? kept : null },
  });
const enter = async (name: string) =>
  holding((await signIn({ ctx: nobody(), input: { name, password: PASSWORD } })).token);
const later = (milliseconds: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + milliseconds);
};
const failing = (reason: string, params: object = {}) => ({
  fields: expect.objectContaining({ reason, params: expect.objectContaining(params) }),
});
const acts = async () => {
  const rows = await world.ctx.db.auditEntry.findMany({ orderBy: { seq: "asc" } });
  return rows.map(({ action, outcome, actor }) => `${actor}: ${action} ${outcome}`);
};

describe("signing in", () => {
  test("by name in any case and width, and password; the session is the person's and nowhere kept as it is", async () => {
    await addPerson("li wei", "operator");
    const opened = await signIn({ ctx: nobody(), input: { name: " Ｌｉ  WEI", password: PASSWORD } });
    const ctx = await holding(opened.token);
    expect(ctx.actor).toMatchObject({ kind: "person", id: "li wei", role: "operator" });
    const row = await world.ctx.db.session.findFirstOrThrow();
    expect(row).toMatchObject({ tokenHash: hashToken(opened.token), address: "10.0.0.7", byLink: false });
    expect(JSON.stringify(row)).not.toContain(opened.token);
  });

  test("an unknown name, a wrong password, somebody shut out and somebody without a password are told the same", async () => {
    await addPerson("ann", "viewer");
    await addPerson("bob", "viewer", false);
    await addPerson("eve", "viewer");
    await world.ctx.db.person.update({ where: { id: "eve" }, data: { disabledAt: world.clock.at } });
    const told = await Promise.all(
      [
        { name: "nobody here", password: PASSWORD },
        { name: "ann", password: "wrong" },
        { name: "eve", password: PASSWORD },
        { name: "bob", password: "" },
      ].map((input) => signIn({ ctx: nobody(), input }).catch((error: unknown) => error)),
    );
    for (const error of told) expect(error).toMatchObject(failing("sign_in_failed"));
    expect(new Set(told.map((error) => JSON.stringify(error))).size).toBe(1);
    expect(await world.ctx.db.session.count()).toBe(0);
  });

  test("five failures of a name and it waits, with the right password too, from anywhere; then it does not", async () => {
    await addPerson("ann", "viewer");
    const attempt = (password: string, address?: string) =>
      signIn({ ctx: nobody(address), input: { name: "ann", password } });
    for (let n = 0; n < 5; n += 1)
      await expect(attempt("wrong")).rejects.toMatchObject(failing("sign_in_failed"));
    await expect(attempt(PASSWORD)).rejects.toMatchObject(failing("sign_in_blocked", { minutes: 15 }));
    later(5 * MINUTE);
    await expect(attempt("wrong", "10.9.9.9")).rejects.toMatchObject(
      failing("sign_in_blocked", { minutes: 10 }),
    );
    later(10 * MINUTE);
    expect(await attempt(PASSWORD)).toHaveProperty("token");
    expect(await acts()).toEqual([
      ...Array(5).fill("nobody: sign_in refused"),
      ...Array(2).fill("nobody: sign_in refused"),
      "nobody: sign_in done",
    ]);
  });

  test("twenty failures from an address and it waits for every name; another address does not", async () => {
    await addPerson("ann", "viewer");
    const ctx = nobody();
    for (let n = 0; n < 20; n += 1) {
      const tried = { nameKey: `guess ${n}`, address: "10.0.0.7" };
      await ctx.db.$transaction((tx) => countFailure(ctx, tx, tried));
    }
    const input = { name: "ann", password: PASSWORD };
    await expect(signIn({ ctx: nobody(), input })).rejects.toMatchObject(failing("sign_in_blocked"));
    expect(await signIn({ ctx: nobody("10.0.0.8"), input })).toHaveProperty("token");
  });

  test("the only administrator is never locked out by others", async () => {
    await addPerson("root", "administrator");
    for (let n = 0; n < 7; n += 1) {
      await signIn({ ctx: nobody(), input: { name: "root", password: "wrong" } }).catch(() => undefined);
    }
    const input = { name: "root", password: PASSWORD };
    expect(await signIn({ ctx: nobody(), input })).toHaveProperty("token");
    await addPerson("second", "administrator");
    for (let n = 0; n < 5; n += 1) {
      await signIn({ ctx: nobody(), input: { name: "root", password: "wrong" } }).catch(() => undefined);
    }
    await expect(signIn({ ctx: nobody(), input })).rejects.toMatchObject(failing("sign_in_blocked"));
  });
});

describe("sessions", () => {
  test("end by themselves: unused after 12 hours, used after 7 days", async () => {
    await addPerson("ann", "viewer");
    const { token } = await signIn({ ctx: nobody(), input: { name: "ann", password: PASSWORD } });
    later(12 * 60 * MINUTE - 1);
    expect((await holding(token)).actor.kind).toBe("person");
    for (let hours = 12; hours < 7 * 24; hours += 6) {
      expect((await holding(token)).actor.kind).toBe("person");
      later(6 * 60 * MINUTE);
    }
    later(1);
    expect((await holding(token)).actor.kind).toBe("nobody");
    const other = await enter("ann");
    later(12 * 60 * MINUTE);
    expect(await isStillSignedIn({ ctx: other })).toBe(false);
  });

  test("one's own are listed and ended; of somebody else's only an administrator knows", async () => {
    await addPerson("ann", "viewer");
    await addPerson("root", "administrator");
    const ann = await enter("ann");
    const root = await enter("root");
    const [own] = (await listSessions({ ctx: ann })).sessions;
    expect((await listSessions({ ctx: ann })).sessions).toHaveLength(1);
    expect(own).toMatchObject({ person: "ann", own: true, address: "10.0.0.7" });
    const all = (await listSessions({ ctx: root })).sessions;
    expect(all.map(({ person }) => person).sort()).toEqual(["ann", "root"]);
    const ofRoot = all.find(({ person }) => person === "root")?.id ?? "";
    await expect(endSession({ ctx: ann, input: { sessionId: ofRoot } })).rejects.toMatchObject(
      failing("session_not_found"),
    );
    await endSession({ ctx: root, input: { sessionId: own?.id ?? "" } });
    expect(await isStillSignedIn({ ctx: ann })).toBe(false);
    expect(await signOut({ ctx: root, input: { returnTo: "http://127.0.0.1/sign-in" } })).toBeNull();
    expect(await world.ctx.db.session.count()).toBe(0);
  });

  test("who is not signed in may do none of it", async () => {
    const ctx = nobody();
    const leave = ({ ctx: who }: { ctx: Ctx }) => signOut({ ctx: who, input: { returnTo: "/" } });
    for (const act of [listPeople, listSessions, readProfile, leave, openFirstStart]) {
      await expect(act({ ctx })).rejects.toMatchObject(failing("sign_in_needed"));
    }
  });
});

describe("links", () => {
  test("a first start has one for the local administrator, which is good once and for 15 minutes", async () => {
    const link = await openFirstStart({ ctx: world.ctx });
    const token = link?.token ?? "";
    const opened = await useLink({ ctx: nobody(), input: { token } });
    expect(opened.purpose).toBe("first_start");
    expect((await holding(opened.token)).actor).toMatchObject({ id: "local", role: "administrator" });
    await expect(useLink({ ctx: nobody(), input: { token } })).rejects.toMatchObject(
      failing("link_not_valid"),
    );
    const second = await openFirstStart({ ctx: world.ctx });
    later(15 * MINUTE);
    await expect(useLink({ ctx: nobody(), input: { token: second?.token ?? "" } })).rejects.toMatchObject(
      failing("link_not_valid"),
    );
    expect(JSON.stringify(await world.ctx.db.signInLink.findMany())).not.toContain(token);
  });

  test("two at once: one comes in", async () => {
    const token = (await openFirstStart({ ctx: world.ctx }))?.token ?? "";
    const came = await Promise.allSettled([1, 2, 3].map(() => useLink({ ctx: nobody(), input: { token } })));
    expect(came.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("a newer link takes the place of the one before", async () => {
    const first = (await openFirstStart({ ctx: world.ctx }))?.token ?? "";
    const second = (await openFirstStart({ ctx: world.ctx }))?.token ?? "";
    await expect(useLink({ ctx: nobody(), input: { token: first } })).rejects.toMatchObject(
      failing("link_not_valid"),
    );
    expect(await useLink({ ctx: nobody(), input: { token: second } })).toHaveProperty("token");
  });

  test("where an administrator has a password, no start prints a link", async () => {
    await addPerson("root", "administrator");
    expect(await openFirstStart({ ctx: world.ctx })).toBeNull();
  });

  test("the machine's own recovery lets an administrator in again who was shut out", async () => {
    await addPerson("root", "viewer");
    await world.ctx.db.person.update({ where: { id: "root" }, data: { disabledAt: world.clock.at } });
    const link = await recoverAdministrator({ ctx: world.ctx, input: { name: "Root" } });
    const ctx = await holding((await useLink({ ctx: nobody(), input: { token: link.token } })).token);
    expect(ctx.actor).toMatchObject({ id: "root", role: "administrator" });
    expect(await readProfile({ ctx })).toMatchObject({ hasPassword: true, needsCurrent: false });
    later(15 * MINUTE);
    expect(await readProfile({ ctx })).toMatchObject({ needsCurrent: true });
    await expect(recoverAdministrator({ ctx: world.ctx, input: { name: "no one" } })).rejects.toMatchObject(
      failing("person_not_found"),
    );
  });

  test("an invitation brings somebody in, who then sets a password and signs in with it", async () => {
    const { token, personId } = await invitePerson({
      ctx: world.ctx,
      input: { name: "Ann", role: "operator" },
    });
    await expect(
      invitePerson({ ctx: world.ctx, input: { name: "ＡＮＮ", role: "viewer" } }),
    ).rejects.toMatchObject(failing("person_name_taken"));
    const ctx = await holding((await useLink({ ctx: nobody(), input: { token } })).token);
    const set = (newPassword: string) => setPassword({ ctx, input: { currentPassword: null, newPassword } });
    await expect(set("too short")).rejects.toMatchObject(failing("password_too_short", { length: 12 }));
    const { token: next } = await set("鸟鸣山更幽，月出惊山鸟。");
    expect(await isStillSignedIn({ ctx })).toBe(false);
    expect((await holding(next)).actor).toMatchObject({ id: personId });
    const input = { name: "ann", password: "鸟鸣山更幽，月出惊山鸟。" };
    expect(await signIn({ ctx: nobody(), input })).toHaveProperty("token");
    await expect(renewLink({ ctx: world.as("operator"), input: { personId } })).rejects.toMatchObject(
      failing("role_required"),
    );
    expect(await renewLink({ ctx: world.ctx, input: { personId } })).toHaveProperty("token");
  });
});

describe("people", () => {
  test("a changed role ends the sessions of whoever has it", async () => {
    await addPerson("ann", "viewer");
    const ann = await enter("ann");
    const change = { personId: "ann", role: "viewer", disabled: false } as const;
    await changePerson({ ctx: world.ctx, input: change });
    expect(await isStillSignedIn({ ctx: ann })).toBe(true);
    await changePerson({ ctx: world.ctx, input: { ...change, role: "operator" } });
    expect(await isStillSignedIn({ ctx: ann })).toBe(false);
    const again = await enter("ann");
    expect(again.actor).toMatchObject({ role: "operator" });
    await changePerson({ ctx: world.ctx, input: { ...change, role: "operator", disabled: true } });
    expect(await isStillSignedIn({ ctx: again })).toBe(false);
    const { people } = await listPeople({ ctx: world.ctx });
    expect(people).toMatchObject([{ name: "ann", role: "operator", hasPassword: true }]);
    expect(people[0]?.disabledAt).not.toBeNull();
  });

  test("the last administrator can't go, nor the last one with a password", async () => {
    await addPerson("root", "administrator");
    await addPerson("new", "administrator", false);
    for (const change of [
      { role: "viewer", disabled: false },
      { role: "administrator", disabled: true },
    ] as const) {
      const input = { personId: "root", ...change };
      await expect(changePerson({ ctx: world.ctx, input })).rejects.toMatchObject(
        failing("last_administrator"),
      );
    }
    expect(await world.ctx.db.person.findUnique({ where: { id: "root" } })).toMatchObject({
      role: "administrator",
      disabledAt: null,
    });
    await changePerson({ ctx: world.ctx, input: { personId: "new", role: "viewer", disabled: false } });
  });

  test("two administrators who shut out one another at once: one of them stays", async () => {
    await addPerson("one", "administrator");
    await addPerson("two", "administrator");
    await Promise.allSettled(
      ["one", "two"].map((personId) =>
        changePerson({ ctx: world.ctx, input: { personId, role: "viewer", disabled: false } }),
      ),
    );
    expect(await world.ctx.db.person.count({ where: { role: "administrator" } })).toBe(1);
  });

  test("a password is changed by whoever knows it, and guesses at it are counted", async () => {
    await addPerson("ann", "viewer");
    const ann = await enter("ann");
    const other = await enter("ann");
    const set = (currentPassword: string) =>
      setPassword({ ctx: ann, input: { currentPassword, newPassword: "vier grüne Kutschen" } });
    for (let n = 0; n < 5; n += 1)
      await expect(set("wrong")).rejects.toMatchObject(failing("password_wrong"));
    await expect(set(PASSWORD)).rejects.toMatchObject(failing("sign_in_blocked"));
    later(15 * MINUTE);
    const { token } = await set(PASSWORD);
    expect(await isStillSignedIn({ ctx: other })).toBe(false);
    expect((await holding(token)).actor).toMatchObject({ id: "ann" });
  });
});
