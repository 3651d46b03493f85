import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { openDefaultCredentials } from "./default-credentials";

let home: string;
const stops: (() => void)[] = [];

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "chain-"));
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("ALIBABA_CLOUD_")) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("HOME", home);
  // The metadata service answers at one address only, which is not on loopback.
  vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test("from the environment, with its token", async () => {
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "env-id");
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "env-secret");
  vi.stubEnv("ALIBABA_CLOUD_SECURITY_TOKEN", "env-token");
  expect(await openDefaultCredentials()()).toEqual({
    accessKeyId: "env-id",
    accessKeySecret: "env-secret",
    securityToken: "env-token",
    provider: "env",
  });
});

test("from the credentials file", async () => {
  const file = path.join(home, "credentials");
  writeFileSync(
    file,
    "[default]\ntype = access_key\naccess_key_id = file-id\naccess_key_secret = file-secret\n",
  );
  vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
  const found = await openDefaultCredentials()();
  expect(found).toMatchObject({
    accessKeyId: "file-id",
    accessKeySecret: "file-secret",
    securityToken: null,
  });
});

test("from a credentials URI, and without any it says so, then tries anew", async () => {
  const credentials = openDefaultCredentials();
  const failure = failureOf(await credentials().catch((error: unknown) => error));
  expect(failure).toMatchObject({ reason: "rds_no_credentials", system: "rds" });
  expect(JSON.stringify(failure)).not.toContain(home);

  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        Code: "Success",
        AccessKeyId: "uri-id",
        AccessKeySecret: "uri-secret",
        SecurityToken: "uri-token",
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", `http://127.0.0.1:${port}/`);
  expect(await credentials()).toMatchObject({ accessKeyId: "uri-id", securityToken: "uri-token" });
});
