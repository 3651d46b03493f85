import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { LinkView } from "@/lib/contracts/people";
import { SharedView, type ShareInput, ShareLinkListView } from "@/lib/contracts/share";
import { apiGet, apiSend } from "./api";
import { ApiProblem } from "./api-problem";
import { noteServerNow } from "./server-clock";

const key = ["shares"];
const LOOK_MS = 2_000;

export function shareLinksQuery() {
  return queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => apiGet("/api/shares", ShareLinkListView, { signal }),
  });
}

/** The answer holds the link's token, once. */
export function makeShareLink(client: QueryClient) {
  return mutationOptions({
    mutationFn: (input: ShareInput) => apiSend("POST", "/api/shares", input, LinkView),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function revokeShareLink(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("DELETE", `/api/shares/${encodeURIComponent(id)}`, null, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What a link shows, read again every two seconds until it is not good any more. */
export function sharedQuery(token: string) {
  return queryOptions({
    queryKey: ["shared", token],
    queryFn: async ({ signal }) => {
      const view = await apiSend("POST", "/api/shared", { token }, SharedView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    enabled: token !== "",
    retry: false,
    refetchInterval: ({ state: { error } }) =>
      error instanceof ApiProblem && error.reason === "share_not_valid" ? false : LOOK_MS,
  });
}
