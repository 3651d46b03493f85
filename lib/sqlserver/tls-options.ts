import { isIP } from "node:net";
import type mssql from "mssql";
import type { SourceServerConfig } from "./source-server";

/** SQL Server's self-made certificates of before 2019 have 1024 bits and SHA-1, which OpenSSL's level 0 still takes. */
const LEGACY = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

/**
 * The driver's options for a choice of TLS. `legacy` allows TLS 1.0 and 1.1 (SQL Server 2008 R2 to 2014 without
 * their update): broken ciphers, to be told as such. `optional` goes on in clear where the server has no TLS.
 * https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-1-2-support-microsoft-sql-server
 */
export function tlsOptions(
  config: Pick<SourceServerConfig, "host" | "encrypt" | "trustServerCertificate" | "certificateAuthority">,
): Partial<mssql.IOptions> {
  const credentials = {
    ...(config.encrypt === "legacy" ? LEGACY : {}),
    ...(config.certificateAuthority ? { ca: config.certificateAuthority } : {}),
  };
  return {
    encrypt: config.encrypt === "strict" ? "strict" : config.encrypt !== "off",
    trustServerCertificate: config.trustServerCertificate,
    // An address is no name for TLS (RFC 6066), Node warns; it does not matter where certificates are not compared.
    ...(isIP(config.host) !== 0 && config.trustServerCertificate ? { serverName: "sql-server" } : {}),
    ...(Object.keys(credentials).length > 0 ? { cryptoCredentialsDetails: credentials } : {}),
  };
}
