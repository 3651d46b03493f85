import type { Ctx } from "@/lib/context/context";
import { withDeadline } from "@/lib/context/deadline";
import type { CloudAccountSettings, ConnectionTest, SqlServerSettings } from "@/lib/contracts/connection";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { testCloudAccount } from "./test-cloud-account";
import { type Findings, testSource } from "./test-source";

const TEST_TIMEOUT_MS = 30_000;

export type Tested =
  | { kind: "sql_server"; settings: SqlServerSettings }
  | { kind: "cloud_account"; settings: CloudAccountSettings };

/** Opens fresh clients, asks, and closes them. Never throws for the other side's failure: that is the answer. */
export async function runTest(ctx: Ctx, tested: Tested, secret: string): Promise<ConnectionTest> {
  const startedAt = ctx.now();
  const findings = await withDeadline(ask(ctx, tested, secret), TEST_TIMEOUT_MS).catch(
    (error: unknown): Findings => {
      // A bug must not look like the other side's fault.
      const failure = failureOf(error);
      if (failure.reason === "internal") throw error;
      return { facts: [], failure };
    },
  );
  const base = {
    at: startedAt.toISOString(),
    elapsedMs: Math.max(0, ctx.now().getTime() - startedAt.getTime()),
    facts: findings.facts,
  };
  if (findings.failure === null) return { ...base, ok: true };
  return { ...base, ok: false, failure: withoutSecret(findings.failure, secret) };
}

async function ask(ctx: Ctx, tested: Tested, secret: string): Promise<Findings> {
  if (tested.kind === "sql_server") {
    const source = await ctx.clients.openSource(tested.settings, secret);
    try {
      return await testSource(source, ctx.now);
    } finally {
      await source.close();
    }
  }
  const [rds, objects] = await Promise.all([
    ctx.clients.openRds(tested.settings, secret),
    ctx.clients.openObjects(tested.settings, secret),
  ]);
  return testCloudAccount({ rds, objects, settings: tested.settings, now: ctx.now() });
}

/** The adapters remove secrets from the provider's words; a second look costs nothing, since the result is stored. */
function withoutSecret(failure: ReturnType<typeof failureOf>, secret: string): ReturnType<typeof failureOf> {
  if (failure.providerMessage === null) return failure;
  // An STS token and its secret are packed into one text.
  const parts = secret.startsWith("{") ? [secret, ...secret.split('"')] : [secret];
  const providerMessage = parts
    .filter((part) => part.length >= 4 && part !== "accessKeySecret" && part !== "securityToken")
    .reduce((text, part) => text.replaceAll(part, "[redacted]"), failure.providerMessage);
  return { ...failure, providerMessage };
}
