"use client";

import { useQuery } from "@tanstack/react-query";
import { connectionsQuery } from "@/lib/client/connection-queries";
import type { SourceDatabaseView } from "@/lib/contracts/catalog";
import type { InstanceDetailView } from "@/lib/contracts/instance-detail";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { useSourceServer, useTargetInstance } from "./draft-queries";

export interface DraftFacts {
  sourceName: string | null;
  cloudName: string | null;
  database: SourceDatabaseView | null;
  instance: InstanceDetailView | null;
  /** `bucket/prefix`, without `oss://`. */
  place: string;
}

/** What the outside has told about the draft's choices, from the same cache that the steps read. */
export function useDraftFacts(draft: MigrationDraft): DraftFacts {
  const connections = useQuery(connectionsQuery()).data?.connections;
  // A name that has not arrived yet is not a choice that is missing.
  const nameOf = (chosen: string | null) => {
    if (chosen === null) return null;
    return connections ? (connections.find(({ id }) => id === chosen)?.name ?? null) : "…";
  };
  const databases = useSourceServer(draft);
  const instance = useTargetInstance(draft);
  return {
    sourceName: nameOf(draft.sourceConnectionId),
    cloudName: nameOf(draft.cloudConnectionId),
    database: databases.data?.databases.find(({ name }) => name === draft.sourceDatabase) ?? null,
    instance: instance.data ?? null,
    place: draft.bucket === null ? "" : `${draft.bucket}/${draft.prefix}`,
  };
}
