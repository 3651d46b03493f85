import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { AttemptView, ProviderTaken, SignedOut, SignInWays } from "@/lib/contracts/identity";
import { LinkTaken, type PasswordInput, ProfileView, SessionListView } from "@/lib/contracts/people";
import { apiGet, apiSend } from "./api";
import { proving } from "./proving";

const sessions = ["sessions"];
const profile = ["profile"];

export function sessionsQuery() {
  return queryOptions({
    queryKey: sessions,
    queryFn: ({ signal }) => apiGet("/api/sessions", SessionListView, { signal }),
  });
}

export function profileQuery() {
  return queryOptions({
    queryKey: profile,
    queryFn: ({ signal }) => apiGet("/api/profile", ProfileView, { signal }),
  });
}

export function endSession(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("DELETE", `/api/sessions/${encodeURIComponent(id)}`, null, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: sessions }),
  });
}

/** The session goes on as another: what the page asked as the old one is asked again, and not taken for a sign-out. */
export function setPassword(client: QueryClient) {
  return mutationOptions({
    mutationFn: async (input: PasswordInput) => {
      proving.left = true;
      try {
        return await apiSend("PUT", "/api/profile/password", input, z.null());
      } finally {
        await client.cancelQueries();
        proving.left = false;
      }
    },
    onSettled: () => client.invalidateQueries(),
  });
}

/** Shows by the password that it is still the same person. */
export function prove() {
  return mutationOptions({
    mutationFn: (password: string) => apiSend("POST", "/api/profile/proof", { password }, z.null()),
  });
}

/** Signs in by what stands behind the `#` of a link. */
export function takeLink() {
  return mutationOptions({
    mutationFn: (token: string) => apiSend("POST", "/api/sign-in/link", { token }, LinkTaken),
  });
}

export function signOut() {
  return mutationOptions({ mutationFn: () => apiSend("POST", "/api/sign-out", null, SignedOut) });
}

/** By which ways one may come in. */
export const signInWaysQuery = queryOptions({
  queryKey: ["sign-in-ways"],
  queryFn: ({ signal }) => apiGet("/api/sign-in", SignInWays, { signal }),
});

/** Where the browser goes to sign in at the provider; `next`: the page that was wanted. */
export function beginAtProvider() {
  return mutationOptions({
    mutationFn: (next: string) => apiSend("POST", "/api/sign-in/provider", { next }, AttemptView),
  });
}

/** Where it goes to show again who it is. */
export function proveAtProvider() {
  return mutationOptions({
    mutationFn: () => apiSend("POST", "/api/profile/proof/provider", null, AttemptView),
  });
}

/** What the provider sent the browser back with. */
export function finishAtProvider() {
  return mutationOptions({
    mutationFn: (answer: string) =>
      apiSend("POST", "/api/sign-in/provider/answer", { answer }, ProviderTaken),
  });
}
