import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { IdentityKind } from "@/lib/contracts/identity";
import { InvitedView, LinkView, type PersonChange, PersonListView } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/system";
import { WaysInView, WayTriedView } from "@/lib/contracts/ways-in";
import { apiGet, apiSend } from "./api";

const key = ["people"];

export function peopleQuery() {
  return queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => apiGet("/api/people", PersonListView, { signal }),
  });
}

/** Somebody new; the answer holds their link, once. */
export function invitePerson(client: QueryClient) {
  return mutationOptions({
    mutationFn: (input: { name: string; role: Role }) => apiSend("POST", "/api/people", input, InvitedView),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function changePerson(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ id, change }: { id: string; change: PersonChange }) =>
      apiSend("PUT", `/api/people/${encodeURIComponent(id)}`, change, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** A new link for somebody who can't sign in. */
export function renewLink() {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("POST", `/api/people/${encodeURIComponent(id)}/link`, null, LinkView),
  });
}

/** By which ways people come in. */
export function waysInQuery() {
  return queryOptions({
    queryKey: ["ways-in"],
    queryFn: ({ signal }) => apiGet("/api/ways-in", WaysInView, { signal }),
  });
}

/** Asks a provider or a directory without signing anybody in. */
export function tryWayIn() {
  return mutationOptions({
    mutationFn: (kind: IdentityKind) => apiSend("POST", "/api/ways-in/try", { kind }, WayTriedView),
  });
}
