import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem";

/** One client a browser tab. Reads are tried again only where a repeat can help. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (attempt) => Math.min(4_000, 400 * 2 ** attempt),
        // A jump host often has no route to anywhere: "online" of the browser says nothing about our server.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

function mayPass(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 502);
}
