import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, expect, test, vi } from "vitest";
import { makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { createTlsServer } from "./own-certificate";

const folder = mkdtempSync(join(tmpdir(), "chainferry-tls-"));
const files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string): void {
  const { key, certificate } = makeCertificate([name], Date.now());
  writeFileSync(files.certFile, certificate);
  writeFileSync(files.keyFile, key);
}

/** Whose certificate is shown, or why there is no connection. */
function shown(port: number, more: object = {}): Promise<string> {
  return new Promise((settle) => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...more }, () => {
      settle(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once("error", (error: NodeJS.ErrnoException) => settle(String(error.code)));
  });
}

test("a renewed certificate counts without a restart, a broken one does not; old TLS is not spoken", async () => {
  write("first.example");
  const server = createTlsServer(files, { lookMs: 20 });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  expect(await shown(port)).toBe("first.example");
  expect(await shown(port, { maxVersion: "TLSv1.1", minVersion: "TLSv1" })).toMatch(/^E/);
  const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  writeFileSync(files.certFile, "no certificate");
  await expect.poll(() => told.mock.calls.flat().join("")).toContain("the changed certificate is not used");
  told.mockRestore();
  expect(await shown(port)).toBe("first.example");
  write("second.example");
  await expect.poll(() => shown(port)).toBe("second.example");
  await new Promise((closed) => server.close(closed));
});

test("a key of another certificate, or no file, is said at the start", () => {
  write("first.example");
  writeFileSync(files.keyFile, makeCertificate(["other.example"], Date.now()).key);
  expect(() => createTlsServer(files, {})).toThrow(`The certificate of ${files.certFile}`);
  expect(() => createTlsServer({ ...files, certFile: join(folder, "none") }, {})).toThrow("ENOENT");
});
