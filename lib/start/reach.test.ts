import { expect, test } from "vitest";
import { readConfig, readReach } from "./config";
import { answersHere, judgeReach } from "./reach";

const TLS = { CHAINFERRY_TLS_CERT: "/etc/c.pem", CHAINFERRY_TLS_KEY: "/etc/k.pem" };
const URL = { CHAINFERRY_PUBLIC_URL: "https://chainferry.corp.example" };
const PLAIN = { CHAINFERRY_PUBLIC_URL: "http://chainferry.corp.example:3000" };
const PROXY = { CHAINFERRY_TRUSTED_PROXIES: "127.0.0.1, 10.1.0.0/16,fd00::/16" };
const ALL = { CHAINFERRY_HOST: "0.0.0.0" };

function judge(environment: Record<string, string>) {
  const all = { CHAINFERRY_SIGN_IN: "required", ...environment };
  return judgeReach(readReach(all), readConfig(all).signIn);
}

test.each([
  [{}, null, true],
  [TLS, null, false],
  [{ ...ALL, ...TLS, ...URL }, "https://chainferry.corp.example", false],
  [{ ...URL, ...PROXY }, "https://chainferry.corp.example", true],
  [{ ...ALL, ...URL, ...PROXY }, "https://chainferry.corp.example", true],
  [{ CHAINFERRY_HOST: "10.1.2.3", ...URL, ...PROXY }, "https://chainferry.corp.example", false],
])("%j is a way in", (environment, publicOrigin, here) => {
  const reach = judge(environment);
  expect(reach.door.publicOrigin).toBe(publicOrigin);
  expect(reach.warning).toBeNull();
  expect(answersHere(reach)).toBe(here);
});

test.each([
  [ALL, "CHAINFERRY_PUBLIC_URL"],
  [{ ...ALL, ...TLS }, "CHAINFERRY_PUBLIC_URL"],
  [{ CHAINFERRY_HOST: "10.1.2.3" }, "CHAINFERRY_PUBLIC_URL"],
  [PROXY, "CHAINFERRY_PUBLIC_URL"],
  [URL, "CHAINFERRY_TLS_CERT"],
  [{ ...ALL, ...URL }, "CHAINFERRY_TRUSTED_PROXIES"],
  [{ CHAINFERRY_TLS_CERT: "/c.pem" }, "belong together"],
  [{ ...ALL, ...PLAIN }, "CHAINFERRY_PLAIN_HTTP=accepted"],
  [{ ...PLAIN, ...PROXY }, "CHAINFERRY_PLAIN_HTTP=accepted"],
  [{ ...ALL, ...TLS, ...PLAIN, CHAINFERRY_PLAIN_HTTP: "accepted" }, "write https://"],
  [{ ...URL, ...TLS, CHAINFERRY_SIGN_IN: "off" }, "CHAINFERRY_SIGN_IN=off"],
  [{ ...TLS, CHAINFERRY_PUBLIC_URL: "https://a.example/path" }, "a scheme, a host"],
  [{ ...TLS, CHAINFERRY_PUBLIC_URL: "a.example" }, "a scheme, a host"],
  [{ ...TLS, CHAINFERRY_PUBLIC_URL: "https://user@a.example" }, "a scheme, a host"],
  [{ ...URL, CHAINFERRY_TRUSTED_PROXIES: "0.0.0.0/0" }, "nearly everybody"],
  [{ ...URL, CHAINFERRY_TRUSTED_PROXIES: "proxy.corp.example" }, "addresses and ranges"],
  [{ ...URL, CHAINFERRY_TRUSTED_PROXIES: "10.0.0.0/99" }, "no range"],
])("%j is refused, and what is missing is said", (environment, word) => {
  expect(() => judge(environment)).toThrow(word);
});

test("plain HTTP beyond this machine, said twice, is a way in with a warning", () => {
  const reach = judge({ ...ALL, ...PLAIN, CHAINFERRY_PLAIN_HTTP: "accepted" });
  expect(reach.door.publicOrigin).toBe("http://chainferry.corp.example:3000");
  expect(reach.warning).toContain("in clear");
});

test("proxies are trusted by address and range, and nobody beside them", () => {
  const { trusts } = judge({ ...URL, ...PROXY }).door;
  for (const address of ["127.0.0.1", "10.1.200.3", "fd00::1"]) expect(trusts(address)).toBe(true);
  for (const address of ["127.0.0.2", "10.2.0.1", "fd01::1", "", "unknown"])
    expect(trusts(address)).toBe(false);
});
