import { queryOptions } from "@tanstack/react-query";
import { TimelinesView } from "@/lib/contracts/draft-timelines";
import { apiGet } from "./api";
import { migrationPath } from "./migration-keys";

/** Of which timelines the files are that a draft would take up. `place`: where it takes them from, as it is saved. */
export function draftTimelinesQuery(id: string, place: object) {
  return queryOptions({
    queryKey: ["drafts", id, "timelines", place],
    queryFn: ({ signal }) => apiGet(`${migrationPath(id)}/timelines`, TimelinesView, { signal }),
    staleTime: 30_000,
  });
}
