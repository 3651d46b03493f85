import { queryOptions } from "@tanstack/react-query";
import { InstanceListView } from "@/lib/contracts/instance";
import { apiGet } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";

export function instancesQuery(connectionId: string) {
  return queryOptions({
    queryKey: catalogKeys.instances(connectionId),
    queryFn: ({ signal }) =>
      apiGet(`${connectionPath(connectionId)}/instances`, InstanceListView, { signal }),
    staleTime: 30_000,
  });
}
