import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { LinkTaken, type PasswordInput, ProfileView, SessionListView } from "@/lib/contracts/people";
import { apiGet, apiSend } from "./api";

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

export function setPassword(client: QueryClient) {
  return mutationOptions({
    mutationFn: (input: PasswordInput) => apiSend("PUT", "/api/profile/password", input, z.null()),
    onSuccess: () =>
      Promise.all([sessions, profile].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Shows by the password that it is still the same person. */
export function prove() {
  return mutationOptions({
    mutationFn: (password: string) => apiSend("POST", "/api/profile/proof", { password }, z.null()),
  });
}

export function signIn() {
  return mutationOptions({
    mutationFn: (input: { name: string; password: string }) =>
      apiSend("POST", "/api/sign-in", input, z.null()),
  });
}

/** Signs in by what stands behind the `#` of a link. */
export function takeLink() {
  return mutationOptions({
    mutationFn: (token: string) => apiSend("POST", "/api/sign-in/link", { token }, LinkTaken),
  });
}

export function signOut() {
  return mutationOptions({ mutationFn: () => apiSend("POST", "/api/sign-out", null, z.null()) });
}
