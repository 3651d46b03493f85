"use client";

import { useQuery } from "@tanstack/react-query";
import { databasesQuery } from "@/lib/client/catalog-queries";
import { instanceQuery } from "@/lib/client/instance-query";
import type { MigrationDraft } from "@/lib/contracts/migration";

/** The source server and its databases; nothing is asked before one is chosen. */
export function useSourceServer({ sourceConnectionId }: Pick<MigrationDraft, "sourceConnectionId">) {
  return useQuery({ ...databasesQuery(sourceConnectionId ?? ""), enabled: sourceConnectionId !== null });
}

/** The target instance; nothing is asked before an account and an instance are chosen. */
export function useTargetInstance({
  cloudConnectionId,
  instanceId,
}: Pick<MigrationDraft, "cloudConnectionId" | "instanceId">) {
  return useQuery({
    ...instanceQuery(cloudConnectionId ?? "", instanceId ?? ""),
    enabled: cloudConnectionId !== null && instanceId !== null,
  });
}
