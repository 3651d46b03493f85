import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OSS from "ali-oss";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { Sandbox, SandboxEndpoints } from "./sandbox";
import { startSandbox } from "./start-sandbox";

let folder = "";
const running: Sandbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-whole-"));
});

afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: { scenario?: string; timeFactor?: number } = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ folder, ...options });
  running.push(sandbox);
  return sandbox;
}

function connect({ accessKeyId, accessKeySecret, oss }: SandboxEndpoints): OSS {
  return new OSS({
    accessKeyId,
    accessKeySecret,
    region: `oss-${oss.regionId}`,
    endpoint: oss.endpoint,
    bucket: oss.bucket,
    // The default agent is shared: it would try a connection that the first start's end has cut.
    agent: new Agent({ keepAlive: false }),
  } as OSS.Options);
}

describe("startSandbox", () => {
  it("starts three servers and keeps their ports, keys and contents over a restart", async () => {
    const first = await start();
    await connect(first.endpoints).put("a.bak", Buffer.from("kept"));
    await first.stop();
    running.length = 0;
    const second = await start({ scenario: "throttling", timeFactor: 600 });
    expect(second.endpoints).toEqual({ ...first.endpoints, scenario: "throttling", timeFactor: 600 });
    expect(JSON.parse(readFileSync(join(folder, "endpoints.json"), "utf8"))).toEqual(second.endpoints);
    expect((await connect(second.endpoints).get("a.bak")).content.toString()).toBe("kept");
    const ledger = await fetch(`${second.endpoints.rds.endpoint}/sandbox/ledger`, {
      headers: controlHeaders(second.endpoints.accessKeySecret),
    });
    expect(await ledger.json()).toEqual({ entries: [] });
    expect(second.endpoints.sqlServer.databases.length).toBeGreaterThan(1);
  });

  it("takes another port when a remembered one is in use by now", async () => {
    const first = await start();
    await first.stop();
    running.length = 0;
    const squatter = createServer();
    const port = Number(new URL(first.endpoints.oss.endpoint).port);
    await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
    try {
      const second = await start();
      expect(second.endpoints.oss.endpoint).not.toBe(first.endpoints.oss.endpoint);
      expect(second.endpoints.rds.endpoint).toBe(first.endpoints.rds.endpoint);
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
  });

  it("refuses scenarios and time factors that there are not", async () => {
    await expect(start({ scenario: "sunshine" })).rejects.toThrow(RangeError);
    await expect(start({ timeFactor: 0 })).rejects.toThrow(RangeError);
  });
});
