import { beforeEach, expect, test, vi } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { openFirstStart } from "@/lib/services/people/administrators";
import { useLink } from "@/lib/services/people/sign-in-links";
import { PreparedQueries } from "@/lib/store/prepared-queries";
import { openFor } from "./open-for";

let world: TestCtx;
const caller = { address: "10.0.0.7", origin: "http://127.0.0.1:3000", userAgent: "", requestId: "r" };

beforeEach(async () => {
  world = await openTestCtx();
  return () => world.close();
}, OPENING_MS);

const opener = (signIn: "off" | "required") =>
  openFor(
    { ctxFor: (actor, from) => ({ ...world.ctx, actor, caller: from ?? null }) },
    { machineKey: "key of this machine", signIn },
  );

test("where people sign in, one is who the session says, the machine by its key, and nobody otherwise", async () => {
  const open = opener("required");
  const link = await openFirstStart({ ctx: world.ctx });
  const { token } = await useLink({ ctx: world.ctx, input: { token: link?.token ?? "" } });
  const who = async (credentials: { token?: string; machineKey?: string }) =>
    (await open({ token: null, machineKey: null, caller, ...credentials })).actor.id;
  expect(await who({ token })).toBe("local");
  expect(await who({ token: `${token}x` })).toBe("nobody");
  expect(await who({})).toBe("nobody");
  expect(await who({ machineKey: "key of this machine" })).toBe("terminal");
  expect(await who({ machineKey: "another key" })).toBe("nobody");
  expect((await open({ token, machineKey: null, caller })).caller).toEqual(caller);
});

test("where nobody signs in, everybody is the local administrator, and commands are themselves", async () => {
  const open = opener("off");
  const nothing = { token: null, machineKey: null, caller };
  expect((await open(nothing)).actor).toMatchObject({ id: "local", role: "administrator" });
  expect((await open({ ...nothing, machineKey: "key of this machine" })).actor.id).toBe("terminal");
});

test("who asks costs one statement; its last use is written once a minute, and nobody waits for it", async () => {
  const open = opener("required");
  const link = await openFirstStart({ ctx: world.ctx });
  const { token } = await useLink({ ctx: world.ctx, input: { token: link?.token ?? "" } });
  const query = vi.spyOn(PreparedQueries.prototype, "query");
  const ask = async (times: number) => {
    query.mockClear();
    const came = await Promise.all(
      Array.from({ length: times }, () => open({ token, machineKey: null, caller })),
    );
    expect(came.map(({ actor }) => actor.id)).toEqual(Array(times).fill("local"));
    // What was sent and not waited for.
    await Promise.all(query.mock.results.map(({ value }) => value));
    return query.mock.calls.map(([text]) => text.trim().split(" ")[0]);
  };
  try {
    expect(await ask(3)).toEqual(["SELECT", "SELECT", "SELECT"]);
    const write = vi.spyOn(world.ctx.db.session, "updateMany").mockReturnValue(
      // Of a store that never answers.
      new Promise(() => undefined) as never,
    );
    world.clock.at = new Date(world.clock.at.getTime() + 60_000);
    expect(await ask(1)).toEqual(["SELECT"]);
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  } finally {
    query.mockRestore();
  }
  const before = await world.ctx.db.session.findFirstOrThrow();
  await open({ token, machineKey: null, caller });
  await vi.waitFor(
    async () => expect((await world.ctx.db.session.findFirstOrThrow()).seenAt).toEqual(world.clock.at),
    20_000,
  );
  expect(before.seenAt.getTime()).toBe(world.clock.at.getTime() - 60_000);
});
