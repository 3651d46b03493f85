import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type SandboxChoice, SandboxSettings } from "@/lib/contracts/sandbox-settings";
import { apiGet, apiSend } from "./api";

const PATH = "/api/sandbox";
const KEY = ["sandbox"];

/** What the sandbox plays, and whether the next start has one. */
export const sandboxQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => apiGet(PATH, SandboxSettings, { signal }),
});

export function saveSandbox(queryClient: QueryClient) {
  return mutationOptions({
    mutationFn: (choice: SandboxChoice) => apiSend("PUT", PATH, choice, SandboxSettings),
    onSuccess: (settings: SandboxSettings) => queryClient.setQueryData(KEY, settings),
  });
}
