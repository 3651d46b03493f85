import { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { CloudAccountSettings, SqlServerSettings } from "@/lib/contracts/connection";
import { secretRow } from "./secret-row";

export const SANDBOX_SOURCE_ID = "sandbox-source";
export const SANDBOX_CLOUD_ID = "sandbox-cloud";

/** Where the sandbox listens, as start-up learned it. */
export const SandboxSeed = z.object({
  sqlServer: z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string() }),
  oss: z.object({ endpoint: z.url(), regionId: z.string() }),
  rds: z.object({ endpoint: z.url(), regionId: z.string() }),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
});
export type SandboxSeed = z.infer<typeof SandboxSeed>;

/**
 * Creates the sandbox's two connections, or brings their addresses up to date: ports may differ at each start. The ids
 * stay, so that migrations of an earlier start find them.
 */
export async function seedSandboxConnections({ ctx, input }: Use<SandboxSeed>): Promise<void> {
  requireRole(ctx.actor, "administrator");
  const seed = SandboxSeed.parse(input);
  const source: SqlServerSettings = {
    host: seed.sqlServer.host,
    port: seed.sqlServer.port,
    instanceName: null,
    user: seed.sqlServer.user,
    encrypt: "on",
    // Its certificate is made at start and signed by nobody.
    trustServerCertificate: true,
  };
  const cloud: CloudAccountSettings = {
    regionId: seed.rds.regionId,
    accessKeyId: seed.accessKeyId,
    rdsEndpoint: seed.rds.endpoint,
    ramEndpoint: seed.rds.endpoint,
    ossEndpoint: seed.oss.endpoint,
  };
  await ctx.db.$transaction(async (tx) => {
    const put = async (id: string, kind: string, name: string, config: object, secret: string) => {
      const data = {
        kind,
        name,
        config,
        secretSealed: ctx.sealer.seal(secret, secretRow(id)),
        sandbox: true,
      };
      await tx.connection.upsert({
        where: { id },
        create: { id, ...data },
        update: { ...data, archivedAt: null },
      });
    };
    await put(
      SANDBOX_SOURCE_ID,
      "sql_server",
      "Sandbox SQL Server",
      SqlServerSettings.parse(source),
      seed.sqlServer.password,
    );
    await put(
      SANDBOX_CLOUD_ID,
      "cloud_account",
      "Sandbox Alibaba Cloud",
      CloudAccountSettings.parse(cloud),
      seed.accessKeySecret,
    );
  });
  await forget(ctx);
}

async function forget(ctx: Ctx): Promise<void> {
  await ctx.clients.forget(SANDBOX_SOURCE_ID);
  await ctx.clients.forget(SANDBOX_CLOUD_ID);
}
