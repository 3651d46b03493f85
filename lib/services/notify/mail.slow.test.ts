import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { ChannelInput } from "@/lib/contracts/channel";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { createMailOut } from "@/lib/network/mail-out";
import { type MailServer, startMailServer } from "@/lib/notify/mail-server-fixture";
import { createEndpointGuard } from "@/lib/start/endpoint-guard";
import { appendEvents } from "@/lib/store/append-events";
import { deliverNotices } from "./deliver-notices";
import { listChannels } from "./list-channels";
import { listDeliveries } from "./list-deliveries";
import { removeChannel, saveChannel } from "./save-channel";
import { sendTrial } from "./send-trial";

let world: TestCtx;
let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
  const bare = await openTestCtx();
  const mailOut = createMailOut(createEndpointGuard({ allowed: ["localhost"] }));
  world = { ...bare, as: (role) => ({ ...bare.as(role), mailOut }) };
  for (const id of ["m1", "m2"]) {
    await world.ctx.db.migration.create({
      data: {
        ...{ id, name: id, status: "running", phase: "rounds", draft: EMPTY_DRAFT, createdBy: "t" },
        ...{ sourceDatabase: "库存", instanceId: "rm-1" },
      },
    });
  }
}, OPENING_MS);
afterEach(async () => {
  await server.close();
  await world.close();
});

const mailUrl = (host = "localhost", user = "") =>
  `smtp://${user}${host}:${server.port}/?${new URLSearchParams({ from: "ferry@example.com", to: "a@example.com,b@example.com" })}`;

function save(over: Partial<ChannelInput> = {}) {
  const channel: ChannelInput = {
    ...{ kind: "email", name: "DBAs", enabled: true, language: "zh-CN", notices: [...NOTICES] },
    ...{ migrations: [], linkBase: "https://ferry.example", url: mailUrl(), secret: "" },
    ...{ mine: false, via: null },
    ...over,
  };
  return saveChannel({ ctx: world.as("administrator"), input: { channelId: null, channel } });
}

const happen = (migrationId: string) =>
  world.ctx.db.$transaction((tx) =>
    appendEvents(tx, {
      ...{ migrationId, actor: "t", at: world.ctx.now() },
      events: [{ type: "database_online", payload: { downtimeSeconds: 12 } }],
    }),
  );
const deliver = () =>
  deliverNotices({ ctx: world.as("operator"), input: { signal: new AbortController().signal } });

/** The text of a message, whichever way it was made fit for the wire. */
function textOf(message: string): string {
  const [head = "", ...body] = message.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  return /transfer-encoding: base64/i.test(head)
    ? Buffer.from(text, "base64").toString()
    : Buffer.from(
        text
          .replace(/=\r\n/g, "")
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      ).toString();
}

test("what happened reaches everybody who is named, in the language of the channel, with a link back", async () => {
  const { id } = await save();
  await happen("m1");
  expect(await deliver()).toBe(1);
  expect(server.taken).toMatchObject([{ from: "ferry@example.com", to: ["a@example.com", "b@example.com"] }]);
  const text = textOf(server.taken[0]?.text ?? "");
  expect(text).toContain("库存 → rm-1：数据库已上线");
  expect(text).toContain("https://ferry.example/migrations/m1");
  const { deliveries } = await listDeliveries({ ctx: world.as("viewer"), input: { channelId: id } });
  expect(deliveries).toMatchObject([
    { kind: "online", migrationId: "m1", subject: "m1", state: "sent", attempts: 1 },
  ]);
});

test("a message that is sent again has the same id", async () => {
  await save();
  await happen("m1");
  server.answer = "451 4.7.1 greylisted";
  expect(await deliver()).toBe(0);
  server.answer = "250 ok";
  world.clock.at = new Date(world.clock.at.getTime() + 600_000);
  expect(await deliver()).toBe(1);
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.text).toMatch(/^Message-ID: <[\w.-]+\.m1\.1@chainferry>$/im);
});

test("a try says what the server answered", async () => {
  const { id } = await save();
  const attempt = () => sendTrial({ ctx: world.as("administrator"), input: { channelId: id } });
  expect(await attempt()).toMatchObject({ ok: true, status: 250 });
  server.answer = "554 5.7.1 not wanted";
  expect(await attempt()).toMatchObject({
    ok: false,
    status: 554,
    said: expect.stringContaining("not wanted"),
  });
});

test("a password never leaves over a connection that is not encrypted", async () => {
  const { id } = await save({ url: mailUrl("localhost", "ferry@"), secret: "a password" });
  expect(await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } })).toMatchObject({
    ok: false,
  });
  expect(server.lines.join("\n")).not.toMatch(/AUTH/i);
  expect(server.taken).toEqual([]);
});

test("neither address nor password comes back or stands open in the store", async () => {
  await save({ url: mailUrl("localhost", "ferry@"), secret: "a password" });
  const list = JSON.stringify(await listChannels({ ctx: world.as("viewer") }));
  const stored = JSON.stringify(await world.ctx.db.channel.findMany());
  for (const text of [list, stored]) {
    expect(text).not.toContain("a password");
    expect(text).not.toContain("b@example.com");
  }
});

test("this machine is not asked unless an administrator allows it", async () => {
  const { id } = await save({ url: mailUrl("127.0.0.1") });
  expect(await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } })).toMatchObject({
    ok: false,
    said: "endpoint_not_allowed",
  });
  expect(server.lines).toEqual([]);
});

test("an address of another sort is refused", async () => {
  const wrong = { fields: { invalidParams: [{ path: "url" }] } };
  await expect(save({ url: "https://mail.example.com" })).rejects.toMatchObject(wrong);
  await expect(save({ kind: "slack" })).rejects.toMatchObject(wrong);
});

test("a channel of chosen migrations tells of no other", async () => {
  await save({ migrations: ["m2"] });
  await happen("m1");
  expect(await deliver()).toBe(0);
  await happen("m2");
  expect(await deliver()).toBe(1);
});

/** Somebody who is limited to one database, with a channel of their own by everybody's mail server. */
async function saveOwn(via: string, over: Partial<ChannelInput> = {}) {
  const { db } = world.ctx;
  const scope = { connections: [], instances: [], databases: ["库存"] };
  await db.person.upsert({
    where: { id: "ann" },
    create: { id: "ann", name: "Ann", role: "viewer", scope },
    update: {},
  });
  const ctx: Ctx = {
    ...world.as("viewer"),
    actor: { kind: "person", id: "ann", name: "Ann", role: "viewer", scope },
  };
  const channel: ChannelInput = {
    ...{ kind: "email", name: "Mine", enabled: true, language: "en", notices: ["online"], migrations: [] },
    ...{ linkBase: "https://ferry.example", url: "smtp://shared/?to=ann@example.com", secret: "" },
    ...{ mine: true, via },
    ...over,
  };
  return { ctx, saved: await saveChannel({ ctx, input: { channelId: null, channel } }) };
}

test("a person is told by everybody’s mail server what they chose, of what they may see, and nobody else sees it", async () => {
  const shared = await save({ notices: [] });
  const { ctx, saved } = await saveOwn(shared.id);
  await world.ctx.db.migration.update({ where: { id: "m2" }, data: { sourceDatabase: "Secret" } });
  await happen("m2");
  expect(await deliver()).toBe(0);
  await happen("m1");
  expect(await deliver()).toBe(1);
  expect(server.taken).toMatchObject([{ from: "ferry@example.com", to: ["ann@example.com"] }]);
  const names = async (who: Ctx) => (await listChannels({ ctx: who })).channels.map(({ name }) => name);
  expect(await names(ctx)).toEqual(["DBAs", "Mine"]);
  expect(await names(world.as("administrator"))).toEqual(["DBAs"]);
  const input = { channelId: saved.id };
  expect((await listDeliveries({ ctx, input })).deliveries).toHaveLength(1);
  const none = { fields: { reason: "channel_not_found" } };
  await expect(listDeliveries({ ctx: world.as("administrator"), input })).rejects.toMatchObject(none);
  await expect(removeChannel({ ctx: world.as("administrator"), input })).rejects.toMatchObject(none);
  await expect(removeChannel({ ctx, input: { channelId: shared.id } })).rejects.toMatchObject({
    fields: { code: "forbidden" },
  });
  await expect(listDeliveries({ ctx, input: { channelId: shared.id } })).rejects.toMatchObject({
    fields: { reason: "out_of_scope" },
  });
  expect(await sendTrial({ ctx, input })).toMatchObject({ ok: true });
  await removeChannel({ ctx: world.as("administrator"), input: { channelId: shared.id } });
  expect(await sendTrial({ ctx, input })).toMatchObject({ ok: false, said: "channel_not_found" });
  await removeChannel({ ctx, input });
});

test("somebody who signs in no more is told nothing", async () => {
  const shared = await save({ notices: [] });
  await saveOwn(shared.id);
  await world.ctx.db.person.update({ where: { id: "ann" }, data: { disabledAt: world.ctx.now() } });
  await happen("m1");
  expect(await deliver()).toBe(0);
});

test("another’s server sends nothing but one’s own e-mail", async () => {
  const shared = await save();
  const { saved } = await saveOwn(shared.id);
  const wrong = { fields: { invalidParams: [{ path: "via" }] } };
  await expect(saveOwn(saved.id)).rejects.toMatchObject(wrong);
  await expect(save({ via: shared.id })).rejects.toMatchObject(wrong);
});
