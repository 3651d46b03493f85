/**
 * Facts that a connection test finds. Labels `connections.fact.<key>`. Values are plain: a version, a count, `yes`/`no`,
 * `authorized`/`missing`/`unknown`, seconds (`clock`: how far the server's clock is from ours), an
 * instant (`token_expires`), the names of missing rights (`rights`; `all`:
 * none is missing), or `3/5` databases (`backup_rights`).
 */
export const CONNECTION_FACT_KEYS = [
  "server_name",
  "version",
  "edition",
  "encrypted",
  "sysadmin",
  "clock",
  "databases",
  "backup_history",
  "rights",
  "backup_rights",
  "region",
  "credential",
  "token_expires",
  "instances",
  "buckets",
  "import_role",
] as const;
export type ConnectionFactKey = (typeof CONNECTION_FACT_KEYS)[number];
