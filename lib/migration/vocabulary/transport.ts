/**
 * `shared_folder`: backups lie in a folder this process reads. `browser`: people drop files on the migration's page.
 * `bucket_watch`: files reach the bucket by other means.
 */
export const TRANSPORTS = ["shared_folder", "browser", "bucket_watch"] as const;
export type Transport = (typeof TRANSPORTS)[number];
