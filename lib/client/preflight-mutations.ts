import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { ProbeListView } from "@/lib/contracts/migration";
import {
  type AcceptWarningInput,
  type CheckRunInput,
  PreflightView,
  type RunPreflightInput,
} from "@/lib/contracts/preflight";
import { apiSend } from "./api";
import { migrationPath } from "./migration-keys";
import { preflightKeys } from "./preflight-queries";

/** The wizard shows lists of one step each: the new answers go into those that it has. */
function keepAnswers(queryClient: QueryClient, id: string, view: PreflightView): void {
  queryClient.setQueryData(preflightKeys.detail(id), view);
  const fresh = new Map(view.probes.map((probe) => [probe.id, probe]));
  queryClient.setQueriesData<ProbeListView>({ queryKey: ["drafts", id, "probes"] }, (list) =>
    list ? { probes: list.probes.map((probe) => fresh.get(probe.id) ?? probe) } : list,
  );
}

/** Asks again. The answer is the whole preflight as it stands then. */
export function runPreflight(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["preflight", "run", id],
    mutationFn: (input: RunPreflightInput) =>
      apiSend("POST", `${migrationPath(id)}/preflight`, input, PreflightView),
    onSuccess: (view: PreflightView) => keepAnswers(queryClient, id, view),
  });
}

export function acceptWarning(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["preflight", "accept", id],
    mutationFn: (input: AcceptWarningInput) =>
      apiSend("POST", `${migrationPath(id)}/preflight/accept`, input, PreflightView),
    onSuccess: (view: PreflightView) => keepAnswers(queryClient, id, view),
    // Refused: the answer is another one by now.
    onError: () => queryClient.invalidateQueries({ queryKey: preflightKeys.detail(id) }),
  });
}

export function runCheck(queryClient: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["preflight", "check", id],
    mutationFn: (input: CheckRunInput) =>
      apiSend("POST", `${migrationPath(id)}/preflight/check`, input, PreflightView),
    onSuccess: (view: PreflightView) => keepAnswers(queryClient, id, view),
  });
}
