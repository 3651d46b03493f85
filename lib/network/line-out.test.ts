import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { createLineOut } from "./line-out";

let server: Server | null = null;
const folders: string[] = [];
afterEach(async () => {
  await new Promise((done) => (server === null ? done(null) : server.close(done)));
  server = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A collector on loopback: its address, and all that came. */
async function collect(behave: "reads" | "resets"): Promise<{ url: URL; came: () => string }> {
  let came = "";
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (behave === "resets") socket.resetAndDestroy();
    else
      socket.on("data", (part) => {
        came += part;
      });
  });
  await new Promise<void>((up) => server?.listen(0, "127.0.0.1", up));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: new URL(`syslog+tcp://127.0.0.1:${port}`), came: () => came };
}

test("by TCP each message goes with its length in octets before it", async () => {
  const { url, came } = await collect("reads");
  await createLineOut(url).send(["<110>1 é", "<108>1 two\nlines"]);
  expect(came()).toBe("9 <110>1 é16 <108>1 two\nlines");
});

test("a collector that is not there, or that breaks off, has nothing: who sends is told", async () => {
  const { url } = await collect("resets");
  await expect(createLineOut(url).send(["x".repeat(1_000_000)])).rejects.toThrow();
  await new Promise((done) => server?.close(done));
  await expect(createLineOut(url).send(["x"])).rejects.toThrow("ECONNREFUSED");
});

test("a collector in clear gets nothing from who wants TLS", async () => {
  const { url, came } = await collect("resets");
  await expect(createLineOut(new URL(url.href.replace("tcp", "tls"))).send(["secret"])).rejects.toThrow();
  expect(came()).not.toContain("secret");
});

test("a file is added to, and is nobody else's to read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-lines-"));
  folders.push(folder);
  const path = join(folder, "audit log.jsonl");
  const out = createLineOut(pathToFileURL(path));
  await out.send(['{"a":1}', '{"a":2}']);
  await out.send(['{"a":3}']);
  expect(readFileSync(path, "utf8")).toBe('{"a":1}\n{"a":2}\n{"a":3}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
