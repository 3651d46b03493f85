import type { ScopedTo } from "@/lib/services/scope/require-scope";

// What the calls of a route are about, for its `scope`, by how its address says it.

export function thatMigration({ params }: { params: { id: string } }): ScopedTo {
  return { migrationId: params.id };
}

export function thatConnection({ params }: { params: { id: string } }): ScopedTo {
  return { connectionId: params.id };
}

/** What lies in a bucket lies beside what is others'. */
export function thatBucket({ params }: { params: { id: string } }): ScopedTo {
  return { connectionId: params.id, wholeBucket: true };
}

/** A task of an instance, by the instance in query or body. */
export function thatTask({
  params: { taskId },
  query,
  body,
}: {
  params: { taskId: string };
  query?: TaskOf | undefined;
  body?: TaskOf | undefined;
}): ScopedTo {
  const of = query ?? body;
  return { taskId, connectionId: of?.connectionId ?? "", instanceId: of?.instanceId ?? "" };
}

interface TaskOf {
  connectionId: string;
  instanceId: string;
}
