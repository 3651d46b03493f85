import { queryOptions } from "@tanstack/react-query";
import { ReportView } from "@/lib/contracts/report";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

/** All that the printed record of a migration says; read anew whenever its page is opened. */
export function reportQuery(id: string) {
  return queryOptions({
    queryKey: ["migrations", "report", id],
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/report`, ReportView, { signal }),
    staleTime: 0,
  });
}
