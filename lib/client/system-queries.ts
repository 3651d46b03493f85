import { queryOptions } from "@tanstack/react-query";
import { SystemView } from "@/lib/contracts/system";
import { apiGet } from "./api";
import { noteServerNow } from "./server-clock";

/** Version, person, sandbox: read once, refreshed rarely. */
export function systemQuery() {
  return queryOptions({
    queryKey: ["system"],
    queryFn: async ({ signal }) => {
      const view = await apiGet("/api/system", SystemView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    staleTime: 60_000,
  });
}
