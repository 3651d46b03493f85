"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { acceptWarning, runCheck, runPreflight } from "@/lib/client/preflight-mutations";

/** Asks one probe or all of them again; `variables` says which while it runs. */
export function useRunPreflight(id: string) {
  return useMutation(runPreflight(useQueryClient(), id));
}

export function useAcceptWarning(id: string) {
  return useMutation(acceptWarning(useQueryClient(), id));
}

/** Starts DBCC CHECKDB at the source, or asks for its end. */
export function useRunCheck(id: string) {
  return useMutation(runCheck(useQueryClient(), id));
}
