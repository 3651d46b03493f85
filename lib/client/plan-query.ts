import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { PlanView } from "@/lib/contracts/plan";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

/** Query of `GET …/plan`, as it stands in the address: sizes in bytes, rates in bytes a second, instants in UTC. */
export type PlanWish = Readonly<Record<string, string>>;

/** The plan of a draft; the last one stays while the next is worked out. */
export function planQuery(id: string, wish: PlanWish) {
  return queryOptions({
    queryKey: ["migrations", "plan", id, wish],
    queryFn: ({ signal }) =>
      apiGet(`${migrationPath(id)}/plan?${new URLSearchParams(wish)}`, PlanView, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
