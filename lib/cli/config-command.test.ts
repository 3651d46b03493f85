import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findProjectRoot } from "@/lib/store/project-root";
import { runConfigCommand } from "./config-command";

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

test("every variable, what counts and where it comes from", () => {
  expect(runConfigCommand({ CHAINFERRY_POLL_MS: "500" }, { json: true })).toBe(0);
  const variables = JSON.parse(out.join(""));
  expect(variables).toContainEqual(
    expect.objectContaining({ name: "CHAINFERRY_POLL_MS", value: 500, from: "environment" }),
  );
  expect(variables).toContainEqual(
    expect.objectContaining({ name: "CHAINFERRY_DATA", value: ".data", from: "default" }),
  );
  expect(variables).toContainEqual(expect.objectContaining({ name: "DATABASE_URL", value: null }));
  for (const { about } of variables) expect(about).not.toBe("");
});

test.each([
  ["postgresql://user:hunter2@db:5432/x", 0],
  ["postgresql://db/x?user=u&password=hunter2", 0],
  ["postgresql://user:hunter2@[bad", 1],
  ["host=db user=u password=hunter2", 1],
])("a password is never printed: %s", (url, code) => {
  for (const json of [true, false]) expect(runConfigCommand({ DATABASE_URL: url }, { json })).toBe(code);
  const printed = [...out, ...err].join("");
  expect(printed).not.toContain("hunter2");
  expect(printed).toContain("***");
});

test("what can't be used is named, and nothing is printed on stdout", () => {
  expect(runConfigCommand({ CHAINFERRY_POLL_MS: "soon", CHAINFERRY_LOG: "loud" }, { json: true })).toBe(1);
  expect(out).toEqual([]);
  expect(err.join("")).toContain("CHAINFERRY_POLL_MS");
  expect(err.join("")).toContain("CHAINFERRY_LOG");
});

test.each([
  ["HTTPS_PROXY", "http://user:hunter2@proxy:3128", "http://user:***@proxy:3128/"],
  ["https_proxy", "user:hunter2@proxy:3128", "***@proxy:3128"],
])("%s counts, without its password", (name, value, shown) => {
  expect(runConfigCommand({ [name]: value }, { json: true })).toBe(0);
  expect(JSON.parse(out.join(""))).toContainEqual(
    expect.objectContaining({ name: "HTTPS_PROXY", value: shown, from: "environment" }),
  );
});

test.each([
  ["CHAINFERRY_LDAP_URL", "ldaps://dc1.corp.example,ldaps://dc2.corp.example"],
  ["CHAINFERRY_LDAP_USER_DN", "{name}@corp.example"],
  ["CHAINFERRY_OIDC_ISSUER", "https://login.corp.example"],
  ["CHAINFERRY_DATA", "/srv/ann@corp"],
])("%s is shown as it counts, to the letter", (name, value) => {
  expect(runConfigCommand({ [name]: value }, { json: true })).toBe(0);
  expect(JSON.parse(out.join(""))).toContainEqual(expect.objectContaining({ name, value }));
});

test("a password where none belongs is not printed either", () => {
  runConfigCommand({ CHAINFERRY_OIDC_ISSUER: "https://user:hunter2@login.corp.example" }, { json: true });
  expect(out.join("")).not.toContain("hunter2");
});

test("what can't be used is told with its value and what it is for; a secret without it", () => {
  const wrong = { CHAINFERRY_POLL_MS: "soon", CHAINFERRY_METRICS_TOKEN: "hunter2", CHAINFERRY_TLS_CERT: "" };
  expect(runConfigCommand(wrong, { json: true })).toBe(1);
  const said = err.join("");
  expect(said).toMatch(/CHAINFERRY_POLL_MS is soon\..*Milliseconds between looks/);
  expect(said).toMatch(/CHAINFERRY_TLS_CERT is empty: give it a value, or leave it out\./);
  expect(said).toContain("16 characters or more");
  expect(said).not.toContain("hunter2");
});

test("names that nothing reads are told, in a file whatever they begin with; those of libraries are not", () => {
  const environment = {
    CHAINFERRY_SIGNIN: "off",
    CHAINFERRY_RELEASE: "/opt/c",
    CHAINFERY_LOG: "info",
    TZ: "UTC",
  };
  expect(runConfigCommand(environment, { json: true }, new Set(["CHAINFERY_LOG", "TZ"]))).toBe(0);
  expect(err.join("")).toContain("Nothing reads CHAINFERRY_SIGNIN, CHAINFERY_LOG:");
  expect(err.join("")).not.toMatch(/RELEASE|TZ/);
});

// On Windows `process.env` finds a variable in any case, and lists it in the one it was set in.
test("a variable that is set in other letters counts where the system says so", () => {
  const environment = new Proxy<Record<string, string>>(
    { Chainferry_Log: "debug" },
    {
      get: (target, name) =>
        Object.entries(target).find(([key]) => key.toUpperCase() === String(name).toUpperCase())?.[1],
    },
  );
  expect(runConfigCommand(environment, { json: true })).toBe(0);
  expect(JSON.parse(out.join(""))).toContainEqual(
    expect.objectContaining({ name: "CHAINFERRY_LOG", value: "debug", from: "environment" }),
  );
});

test("this machine's own credentials are told to be there, and nothing of them", () => {
  const own = { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI5tHunter2", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "hunter2" };
  expect(runConfigCommand(own, { json: true })).toBe(0);
  expect(out.join("").toLowerCase()).not.toContain("hunter2");
  for (const name of Object.keys(own))
    expect(JSON.parse(out.join(""))).toContainEqual(
      expect.objectContaining({ name, value: "***", from: "environment" }),
    );
});

test("whatever the product itself reads of its environment is listed", () => {
  runConfigCommand({}, { json: true });
  const listed = new Set(JSON.parse(out.join("")).map(({ name }: { name: string }) => name));
  const lib = path.join(findProjectRoot(), "lib");
  const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/test\.|fixture|until-killed|generated|local-postgres/.test(file),
  );
  const read = sources.flatMap((file) =>
    [
      ...readFileSync(path.join(lib, file), "utf8").matchAll(
        /\b(?:process\.env|environment|env)\.([A-Z]\w+)/g,
      ),
    ].map(([, name = ""]) => name),
  );
  expect(read).toContain("CHROMIUM_PATH");
  // What the system or npm says, what the launcher of a release does, and a build of itself.
  const others =
    /^(?:HOME|PATH|INIT_CWD|NODE_ENV|LOCALAPPDATA|XDG_DATA_HOME|Program\w*|OTEL_SDK_DISABLED|OTEL_TRACES_EXPORTER|CHAINFERRY_(?:RELEASE|LIVE_\w+|BUILD))$/;
  expect([...new Set(read)].filter((name) => !listed.has(name) && !others.test(name))).toEqual([]);
});
