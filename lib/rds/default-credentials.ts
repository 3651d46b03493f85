import type { DefaultCredentialsProvider } from "@alicloud/credentials";
import type { CloudCredentials } from "@/lib/diagnosis/cloud-credentials";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { loadDefaultChain } from "./load-sdk";

/** The credentials and the link of the chain they came from: `env`, `profile`, `ecs_ram_role` … */
export interface ChainCredentials extends CloudCredentials {
  provider: string;
}

/**
 * The machine's own credentials by Alibaba Cloud's default chain: environment, OIDC role, CLI and credentials file, RAM role
 * of the ECS instance, credentials URI. Renewed by the chain itself before they end. Throws ExternalError `NoCredentials`
 * when no link has any; what the links said may hold paths and is not passed on.
 * https://www.alibabacloud.com/help/en/sdk/developer-reference/v2-manage-node-js-access-credentials
 */
export function openDefaultCredentials(): () => Promise<ChainCredentials> {
  let chain: DefaultCredentialsProvider | null = null;
  return async () => {
    try {
      chain ??= (await loadDefaultChain()).builder().build();
      const { accessKeyId, accessKeySecret, securityToken, providerName } = await chain.getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error("The chain's answer is not complete.");
      const provider = providerName?.split("/").at(-1) ?? "default";
      return { accessKeyId, accessKeySecret, securityToken: securityToken || null, provider };
    } catch (error) {
      // A chain that found nothing stays at its last link for ever: the next call begins anew.
      chain = null;
      throw new ExternalError(
        {
          system: "rds",
          kind: "auth",
          providerCode: "NoCredentials",
          providerMessage: "The default credential chain has no credentials.",
          providerRequestId: null,
          mayHaveHappened: false,
        },
        { cause: error },
      );
    }
  };
}
