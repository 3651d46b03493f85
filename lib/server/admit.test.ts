import { readdirSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { Actor, Ctx } from "@/lib/context/context";
import { admit, needsSession } from "./admit";
import { setCtxFactory } from "./ctx-registry";

const APP = fileURLToPath(new URL("../../app", import.meta.url));
/** Addresses of all pages in the tree: folders in brackets are part of none, `[id]` is any word. */
const PAGES = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map(
    (file) =>
      `/${file
        .replace(/(^|\/)page\.tsx$/, "")
        .replace(/\([^)]*\)\/?/g, "")
        .replace(/\[[^\]]+\]/g, "any")}`,
  )
  .map((path) => path.replace(/\/$/, "") || "/");
/** By which one comes in, or looks on by a link. */
const OPEN = ["/sign-in", "/sign-in/return", "/enter", "/share"];

const NOBODY: Actor = { kind: "nobody", id: "nobody", name: "nobody", role: null };
const VIEWER: Actor = { kind: "person", id: "v", name: "v", role: "viewer" };

afterEach(() => setCtxFactory(null));

/** What a request gets, and from whom. */
async function ask(url: string, actor: Actor) {
  setCtxFactory(async () => ({ actor }) as Partial<Ctx> as Ctx);
  const request = { url, method: "GET", headers: { host: "127.0.0.1:3000" } } as Partial<IncomingMessage>;
  const response = new ServerResponse(request as IncomingMessage);
  const answered = await admit(request as IncomingMessage, response);
  return { answered, status: response.statusCode, location: response.getHeader("location") };
}

test("there are pages, among them those by which one comes in", () => {
  expect(PAGES.length).toBeGreaterThan(10);
  expect(PAGES).toEqual(expect.arrayContaining(["/", "/migrations/any", ...OPEN]));
});

test.each(PAGES)("the page %s is for who is signed in, unless one signs in there", async (page) => {
  const nobody = await ask(`${page}?tab=chain&_rsc=1`, NOBODY);
  if (OPEN.includes(page)) {
    expect(nobody.answered).toBe(false);
    return;
  }
  expect(nobody).toMatchObject({ answered: true, status: 303 });
  expect(nobody.location).toBe(`/sign-in?${new URLSearchParams({ next: page })}`);
  expect((await ask(page, VIEWER)).answered).toBe(false);
});

test.each([
  ["/_next/static/chunks/main.js", false],
  ["/_next/static/../../records", true],
  ["/_next/static/%2e%2e/%2E./records", true],
  ["/_next/static/\\..\\records", true],
  ["/_next/data/x.json", true],
  ["/_next/", true],
  ["/icon.svg", false],
  ["/icon.svgx", true],
  ["/favicon.ico", true],
  ["/sign-in/", true],
  ["/sign-in/../records", true],
  ["//sign-in", true],
  ["/SIGN-IN", true],
  ["/nowhere", true],
  ["http://127.0.0.1:3000/records", true],
  ["/api/system", false],
  ["/apix", true],
])("%s needs somebody: %s", (url, needed) => {
  expect(needsSession(url)).toBe(needed);
});

test("before the store is open nobody is anybody", async () => {
  setCtxFactory(null);
  const request = { url: "/records", method: "GET", headers: {} } as Partial<IncomingMessage>;
  const response = new ServerResponse(request as IncomingMessage);
  expect(await admit(request as IncomingMessage, response)).toBe(true);
});
