import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { OutlookView } from "@/lib/contracts/outlook";
import { PlanView } from "@/lib/contracts/plan";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

/**
 * The plan of a draft as the server holds it; the last one stays while the next is worked out. `saved`: what it is made from,
 * so that another draft is another plan.
 */
export function planQuery(id: string, saved: object) {
  return queryOptions({
    queryKey: ["migrations", "plan", id, saved],
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/plan`, PlanView, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

const OUTLOOK_EVERY_MS = 30_000;

/** A migration against its plan. `edges`: how often a step has begun or ended; what is foreseen changes with time, too. */
export function outlookQuery(id: string, edges: number, running: boolean) {
  return queryOptions({
    queryKey: ["migrations", "outlook", id, edges],
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/outlook`, OutlookView, { signal }),
    placeholderData: keepPreviousData,
    staleTime: OUTLOOK_EVERY_MS,
    refetchInterval: running ? OUTLOOK_EVERY_MS : false,
  });
}
