import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { CutoverRules } from "@/lib/contracts/cutover-rules";
import { apiGet, apiSend } from "./api";

const PATH = "/api/cutover-rules";
const KEY = ["cutover-rules"];

/** What holds for the cutovers of all migrations. */
export const cutoverRulesQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => apiGet(PATH, CutoverRules, { signal }),
});

/** Sets it, all of it. */
export function saveCutoverRules(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: KEY,
    mutationFn: (rules: CutoverRules) => apiSend("PUT", PATH, rules, CutoverRules),
    onSuccess: (rules: CutoverRules) => queryClient.setQueryData(KEY, rules),
    onError: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
}
