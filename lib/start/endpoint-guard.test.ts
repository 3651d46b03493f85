import { expect, test } from "vitest";
import { createEndpointGuard } from "./endpoint-guard";

const guard = createEndpointGuard({
  sandbox: ["http://127.0.0.1:4101"],
  allowed: ["10.20.0.0/16", "oss.corp.example", "fd00::7"],
});
const reasonOf = (endpoint: string) =>
  guard.require(endpoint).then(
    () => null,
    (error: { fields: { reason: string } }) => error.fields.reason,
  );

test.each([
  "https://127.0.0.1",
  "https://localhost",
  "https://localhost.",
  "https://2130706433",
  "https://0177.0.0.1",
  "https://0x7f.1",
  "https://127.1",
  "https://0",
  "https://[::1]",
  "https://[::]",
  "https://[::ffff:127.0.0.1]",
  "https://[::ffff:7f00:1]",
  "https://169.254.169.254",
  "https://[::ffff:169.254.169.254]",
  "https://100.100.100.200",
  "https://1684301000",
  "https://[fe80::1]",
  "https://[fd12:3456::1]",
  "https://[64:ff9b::7f00:1]",
  "https://10.1.2.3",
  "https://172.31.0.1",
  "https://192.168.1.1",
  "https://255.255.255.255",
])("%s is not asked", async (endpoint) => {
  expect(await reasonOf(endpoint)).toBe("endpoint_not_allowed");
});

test("nothing in clear, and no port but HTTPS's own, but for what an administrator has listed", async () => {
  expect(await reasonOf("http://47.97.242.10")).toBe("endpoint_needs_https");
  expect(await reasonOf("http://10.20.1.1")).toBe("endpoint_needs_https");
  expect(await reasonOf("https://47.97.242.10:22")).toBe("endpoint_port");
  expect(await reasonOf("https://10.20.1.1:8443")).toBeNull();
  expect(await reasonOf("https://oss.corp.example:8443")).toBeNull();
});

test("public addresses, those of the cloud inside a region, and the sandbox of this start are asked", async () => {
  for (const endpoint of [
    "https://47.97.242.10",
    "https://100.118.28.50",
    "https://[2408:4003::1]",
    "https://10.20.1.1",
    "http://127.0.0.1:4101/",
  ])
    expect(await reasonOf(endpoint)).toBeNull();
  expect(await reasonOf("http://127.0.0.1:4102")).toBe("endpoint_needs_https");
});

test("the list opens no door to the machine itself or its neighbours", async () => {
  const wide = createEndpointGuard({ allowed: ["0.0.0.0/0", "::/0"] });
  for (const endpoint of ["https://127.0.0.1", "https://169.254.169.254", "https://[fe80::1]"])
    await expect(wide.require(endpoint)).rejects.toMatchObject({
      fields: { reason: "endpoint_not_allowed" },
    });
});

test("what is resolved for a socket is what was judged: a name of this machine is not connected to", async () => {
  const resolve = guard.lookupFor("https://public.example");
  const outcome = await new Promise((settle) =>
    resolve?.("localhost", { all: true }, (error, address) => settle(error?.code ?? address)),
  );
  expect(outcome).toBe("EACCES");
  expect(guard.lookupFor(null)).toBeUndefined();
  expect(guard.lookupFor("http://127.0.0.1:4101")).toBeUndefined();
});
