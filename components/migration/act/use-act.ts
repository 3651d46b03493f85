"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { actOnMigration } from "@/lib/client/migration-mutations";

/** Asks something of the migration; pending and error stay with the caller's control. */
export function useAct(id: string) {
  return useMutation(actOnMigration(useQueryClient(), id));
}
