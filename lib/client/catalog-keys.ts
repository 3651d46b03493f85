/** Where answers about what connections hold are kept: databases, instances, buckets, objects, headers. */
export const catalogKeys = {
  connection: (connectionId: string) => ["catalog", connectionId] as const,
  databases: (connectionId: string) => ["catalog", connectionId, "databases"] as const,
  instances: (connectionId: string) => ["catalog", connectionId, "instances"] as const,
  instance: (connectionId: string, instanceId: string) =>
    ["catalog", connectionId, "instances", instanceId] as const,
  buckets: (connectionId: string) => ["catalog", connectionId, "buckets"] as const,
  bucket: (connectionId: string, bucket: string) => ["catalog", connectionId, "buckets", bucket] as const,
  objects: (connectionId: string, bucket: string, prefix: string) =>
    ["catalog", connectionId, "buckets", bucket, "objects", prefix] as const,
  header: (connectionId: string, bucket: string, key: string, version: string) =>
    ["catalog", connectionId, "buckets", bucket, "header", key, version] as const,
};
