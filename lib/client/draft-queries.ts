import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { DraftBlocker, type MigrationDraft, ProbeListView } from "@/lib/contracts/migration";
import { apiGet, apiSend } from "./api";
import { migrationPath } from "./migration-keys";

export const draftKeys = {
  probes: (id: string, step: ProbedStep) => ["drafts", id, "probes", step] as const,
  blockers: (id: string) => ["drafts", id, "blockers"] as const,
};

export type ProbedStep = Exclude<MigrationDraft["step"], "review">;

const BlockerListView = z.object({ blockers: z.array(DraftBlocker) });

/** What the world answers about a step's choices. `choices` changes when one that the probes look at was saved. */
export function probesQuery(id: string, step: ProbedStep, choices: string) {
  return queryOptions({
    queryKey: [...draftKeys.probes(id, step), choices],
    // A POST: to find out whether two folders are one, something must be put into them for a moment.
    queryFn: ({ signal }) =>
      apiSend("POST", `${migrationPath(id)}/probes`, { step }, ProbeListView, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Everything that keeps the draft from starting. `choices` is the saved draft: each save asks again. */
export function blockersQuery(id: string, choices: string) {
  return queryOptions({
    queryKey: [...draftKeys.blockers(id), choices],
    queryFn: async ({ signal }) =>
      (await apiGet(`${migrationPath(id)}/blockers`, BlockerListView, { signal })).blockers,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
