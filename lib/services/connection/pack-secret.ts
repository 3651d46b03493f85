import { type CloudAccountSettings, credentialOf } from "@/lib/contracts/connection";
import type { SaveConnectionInput, UpdateConnectionInput } from "@/lib/contracts/connection-input";
import type { CloudCredentials } from "@/lib/diagnosis/cloud-credentials";

/** Everything secret of a connection as one text, to be sealed: an STS token is worth as much as the secret beside it. */
export function packSecret(save: SaveConnectionInput | UpdateConnectionInput): string {
  if (save.kind === "sql_server") return save.secret;
  switch (credentialOf(save.settings)) {
    case "access_key":
      return save.secret;
    case "sts":
      return JSON.stringify({ accessKeySecret: save.secret, securityToken: save.securityToken ?? "" });
    case "default_chain":
      return "";
  }
}

/** The opposite: null for the default chain, which has its credentials elsewhere. Throws on what was never packed. */
export function unpackCloudSecret(
  settings: Pick<CloudAccountSettings, "credential" | "accessKeyId">,
  packed: string,
): CloudCredentials | null {
  const { accessKeyId } = settings;
  switch (credentialOf(settings)) {
    case "access_key":
      return { accessKeyId, accessKeySecret: packed };
    case "sts": {
      const { accessKeySecret, securityToken } = JSON.parse(packed);
      return { accessKeyId, accessKeySecret: String(accessKeySecret), securityToken: String(securityToken) };
    }
    case "default_chain":
      return null;
  }
}
