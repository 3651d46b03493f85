import type { SourceServerConfig } from "./source-server";

/**
 * The driver's words for a login. `DOMAIN\user` is a Windows account and logs in by NTLMv2; names of SQL Server logins
 * cannot hold a backslash, so the two cannot be mistaken for each other.
 * https://learn.microsoft.com/sql/t-sql/statements/create-login-transact-sql
 */
export function readLogin({ user, password }: Pick<SourceServerConfig, "user" | "password">): {
  user: string;
  password: string;
  domain?: string;
} {
  const at = user.indexOf("\\");
  if (at < 0) return { user, password };
  return { domain: user.slice(0, at), user: user.slice(at + 1), password };
}
