import { expect, test } from "vitest";
import { judgePassword } from "./judge-password";
import { nameKey } from "./name-key";
import { hashPassword, isPassword } from "./password";
import { hashToken, makeToken } from "./token";

const CHEAP = { ln: 4, r: 1, p: 1 };

test("a password opens with itself only, and is kept with a salt of its own and its cost", async () => {
  const kept = await hashPassword("Räuber und Gendarm", CHEAP);
  expect(kept).toMatch(/^\$scrypt\$ln=4,r=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await isPassword("Räuber und Gendarm".normalize("NFD"), kept)).toBe(true);
  expect(await isPassword("Räuber und Gendarn", kept)).toBe(false);
  expect(await hashPassword("Räuber und Gendarm", CHEAP)).not.toBe(kept);
});

test("unless said otherwise it costs 32 MiB, three times", async () => {
  expect(await hashPassword("x")).toContain("$ln=15,r=8,p=3$");
});

test("nobody has the password of a person without one, nor of a text that is no hash", async () => {
  expect(await isPassword("", null)).toBe(false);
  expect(await isPassword("anything", "anything")).toBe(false);
});

test("many at once are derived two at a time, and all of them", async () => {
  const kept = await hashPassword("one of many", CHEAP);
  const all = await Promise.all(Array.from({ length: 9 }, () => isPassword("one of many", kept)));
  expect(all).toEqual(Array(9).fill(true));
});

test.each([
  ["kurz", "password_too_short"],
  ["elf zeichen", "password_too_short"],
  ["x".repeat(257), "password_too_long"],
  ["password1234", "password_common"],
  ["P@ssw0rd!!!!", "password_common"],
  ["Administrator1", "password_common"],
  ["aaaaaaaaaaaaaaa", "password_common"],
  ["abcabcabcabc", "password_common"],
  ["123456789012", "password_common"],
  ["qwertyuiop12", "password_common"],
  ["ytrewq654321", "password_common"],
  ["Correct Horse Battery Staple 1", "password_common"],
  ["1q2w3e4r5t6y", "password_common"],
  ["li.wei likes tea", "password_has_name"],
  ["ｌｉ．ｗｅｉ likes tea", "password_has_name"],
])("%j is not taken: %s", (password, fault) => {
  expect(judgePassword(password, ["Li.Wei"])).toBe(fault);
});

test.each(["drei gelbe Kutschen", "鸟鸣山更幽，月出惊山鸟。春涧中", "kx7-Wm2!qPz9v", "a man a plan, panama"])(
  "%j is taken",
  (password) => {
    expect(judgePassword(password, ["Li.Wei", "Ann"])).toBeNull();
  },
);

test("names are the same in any case, width and white space", () => {
  expect(nameKey("  Ｌｉ   Wei ")).toBe(nameKey("li wei"));
  expect(nameKey("li wei")).not.toBe(nameKey("liwei"));
});

test("tokens have 256 bits, no two are the same, and their hash does not show them", () => {
  const tokens = new Set(Array.from({ length: 100 }, makeToken));
  expect(tokens.size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(hashToken("a")).toBe("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
});
