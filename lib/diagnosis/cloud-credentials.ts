/** What signs the calls to a cloud account, at one moment. */
export interface CloudCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Of STS: belongs to a temporary AccessKey. */
  securityToken?: string | null;
}

/** Fixed credentials, or a question asked before every call: tokens are renewed while work goes on. */
export type CloudCredentialSource =
  | CloudCredentials
  | { accessKeyId?: never; credentials: () => Promise<CloudCredentials> };

/** The credentials of now. */
export async function currentCredentials(source: CloudCredentialSource): Promise<CloudCredentials> {
  return "credentials" in source ? source.credentials() : source;
}

/** Remembers what was used, so that none of it stays in a message. */
export function secretsOf(credentials: CloudCredentials): string[] {
  const { accessKeySecret, securityToken } = credentials;
  return [accessKeySecret, ...(securityToken ? [securityToken] : [])];
}
