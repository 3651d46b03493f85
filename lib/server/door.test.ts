import { describe, expect, test } from "vitest";
import { type Arrival, type Door, howItCame, LOOPBACK_DOOR, ORIGIN_HEADER } from "./door";
import { guardRequest } from "./guard-request";
import { noSessionCookie, sessionCookie, sessionToken } from "./session-cookie";

const PUBLIC = "https://chainferry.corp.example";
const behindProxy: Door = { publicOrigin: PUBLIC, trusts: (address) => address.startsWith("10.0.0.") };

/** What is found, or the reason of the refusal. */
function come(door: Door, arrival: Partial<Arrival> & { host?: string }): unknown {
  const { host = "chainferry.corp.example", headers, peer = "10.0.0.1", encrypted = false } = arrival;
  try {
    return howItCame({ peer, encrypted, headers: { host, ...headers } }, door);
  } catch (error) {
    return (error as { fields: { reason: string } }).fields.reason;
  }
}

describe("without a public name", () => {
  test.each([
    [
      "127.0.0.1",
      "127.0.0.1:3000",
      { address: "127.0.0.1", proxied: false, origin: "http://127.0.0.1:3000" },
    ],
    [
      "::ffff:127.0.0.1",
      "LocalHost:3000",
      { address: "127.0.0.1", proxied: false, origin: "http://localhost:3000" },
    ],
    ["::1", "[::1]:3000", { address: "::1", proxied: false, origin: "http://[::1]:3000" }],
    ["127.0.0.1", "rebound.example:3000", "host_not_allowed"],
    ["127.0.0.1", "", "host_not_allowed"],
    ["10.0.0.9", "127.0.0.1:3000", "host_not_allowed"],
    ["10.0.0.9", "localhost", "host_not_allowed"],
  ])("%s asks for %s", (peer, host, expected) => {
    expect(come(LOOPBACK_DOOR, { peer, host })).toEqual(expected);
  });

  test("what anybody forwards counts for nothing", () => {
    const headers = { "x-forwarded-for": "8.8.8.8", "x-forwarded-host": "chainferry.corp.example" };
    expect(come(LOOPBACK_DOOR, { peer: "127.0.0.1", host: "localhost:1", headers })).toMatchObject({
      address: "127.0.0.1",
      origin: "http://localhost:1",
    });
  });
});

describe("with a certificate of its own", () => {
  const door: Door = { publicOrigin: `${PUBLIC}:8443`, trusts: () => false };

  test.each([
    [true, "chainferry.corp.example:8443", { address: "8.8.8.8", proxied: false, origin: `${PUBLIC}:8443` }],
    [true, "CHAINFERRY.corp.example:8443", { address: "8.8.8.8", proxied: false, origin: `${PUBLIC}:8443` }],
    [false, "chainferry.corp.example:8443", "not_encrypted"],
    [true, "chainferry.corp.example", "host_not_allowed"],
    [true, "chainferry.corp.example.evil.example:8443", "host_not_allowed"],
    [true, "evil.example", "host_not_allowed"],
    [true, "a b", "host_not_allowed"],
  ])("encrypted %s, for %s", (encrypted, host, expected) => {
    expect(come(door, { peer: "8.8.8.8", encrypted, host })).toEqual(expected);
  });
});

describe("behind a proxy", () => {
  const forwarded = (more: Record<string, string> = {}) => ({
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-proto": "https",
    ...more,
  });

  test("its word counts: who asks, that it was TLS, and under which name", () => {
    const expected = { address: "203.0.113.7", proxied: true, origin: PUBLIC };
    expect(come(behindProxy, { headers: forwarded() })).toEqual(expected);
    const named = forwarded({ "x-forwarded-host": "chainferry.corp.example" });
    expect(come(behindProxy, { host: "10.0.0.2:3000", headers: named })).toEqual(expected);
  });

  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["6.6.6.6, 203.0.113.7", "203.0.113.7"],
    ["6.6.6.6, 203.0.113.7, 10.0.0.4", "203.0.113.7"],
    ["203.0.113.7:51234", "203.0.113.7"],
    ["[2001:db8::7]:51234", "2001:db8::7"],
    ["6.6.6.6, unknown", "10.0.0.1"],
    ["10.0.0.3", "10.0.0.1"],
  ])("of %s the last that a trusted proxy saw asks: %s", (chain, address) => {
    expect(come(behindProxy, { headers: forwarded({ "x-forwarded-for": chain }) })).toMatchObject({
      address,
    });
  });

  test.each([
    ["a browser that came to it in clear", {}, forwarded({ "x-forwarded-proto": "http" }), "not_encrypted"],
    [
      "one that claims TLS, though the proxy does not",
      {},
      forwarded({ "x-forwarded-proto": "https, http" }),
      "not_encrypted",
    ],
    ["a proxy that says nothing", {}, { "x-forwarded-for": "203.0.113.7" }, "not_encrypted"],
    ["a foreign name", {}, forwarded({ "x-forwarded-host": "rebound.example" }), "host_not_allowed"],
    ["a foreign name before ours", { host: "rebound.example" }, forwarded(), "host_not_allowed"],
    ["a name of this machine", { host: "localhost:3000" }, forwarded(), "host_not_allowed"],
    ["somebody else who forwards", { peer: "192.0.2.1" }, forwarded(), "not_encrypted"],
    ["somebody who comes past it", { peer: "192.0.2.1" }, {}, "not_encrypted"],
  ])("%s is refused", (_name, more, headers, reason) => {
    expect(come(behindProxy, { ...more, headers })).toBe(reason);
  });

  test("commands of this machine come by its own name, beside the proxy", () => {
    expect(come(behindProxy, { peer: "127.0.0.1", host: "127.0.0.1:3000" })).toMatchObject({
      proxied: false,
      origin: "http://127.0.0.1:3000",
    });
  });
});

test("pages of the public origin write, those of its name in clear or of this machine do not", () => {
  const send = (origin: string, own: string | null = PUBLIC) => {
    const host = own === null ? "127.0.0.1:3000" : "chainferry.corp.example";
    const headers = { host, origin, ...(own && { [ORIGIN_HEADER]: own }) };
    return () => guardRequest(new Request("http://any/api/x", { method: "POST", headers }));
  };
  expect(send(PUBLIC)).not.toThrow();
  expect(send(`${PUBLIC}:443`)).not.toThrow();
  for (const origin of ["http://chainferry.corp.example", `${PUBLIC}:8443`, "http://127.0.0.1:3000", "null"])
    expect(send(origin)).toThrow();
  expect(send(PUBLIC, null)).toThrow();
});

test("over TLS the session lies in a cookie that only this host over TLS can have set", () => {
  const asked = (origin: string) => new Request("http://any", { headers: { [ORIGIN_HEADER]: origin } });
  const flags = "Path=/; HttpOnly; SameSite=Lax; Max-Age=604800";
  expect(sessionCookie(asked(PUBLIC), "t")).toBe(`__Host-chainferry-443=t; ${flags}; Secure`);
  expect(sessionCookie(asked(`${PUBLIC}:8443`), "t")).toContain("__Host-chainferry-8443=t;");
  expect(noSessionCookie(asked(PUBLIC))).toContain(
    "__Host-chainferry-443=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
  );
  expect(sessionCookie(asked("http://127.0.0.1:3000"), "t")).toBe(`chainferry-3000=t; ${flags}`);
  expect(sessionToken(PUBLIC, "chainferry-443=clear; __Host-chainferry-443=t")).toBe("t");
  expect(sessionToken(PUBLIC, "chainferry-443=clear")).toBeNull();
  expect(sessionToken("http://", "chainferry-80=t")).toBeNull();
});
