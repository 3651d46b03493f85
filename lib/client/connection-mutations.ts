import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type ConnectionListView, ConnectionTest, ConnectionView } from "@/lib/contracts/connection";
import type { SaveConnectionInput, UpdateConnectionInput } from "@/lib/contracts/connection-input";
import { apiSend } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionKeys, connectionPath } from "./connection-queries";

/** Creates a connection, or with an `id` changes it; an empty secret then keeps the saved one. */
export function saveConnection(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["connections", "save"],
    mutationFn: ({ id, input }: { id: string | null; input: UpdateConnectionInput }) =>
      id === null
        ? apiSend("POST", "/api/connections", input, ConnectionView)
        : apiSend("PUT", connectionPath(id), input, ConnectionView),
    onSuccess: (view: ConnectionView) => {
      queryClient.setQueryData<ConnectionListView>(
        connectionKeys.list,
        (list) => list && { connections: [...list.connections.filter(({ id }) => id !== view.id), view] },
      );
      queryClient.removeQueries({ queryKey: catalogKeys.connection(view.id) });
      return queryClient.invalidateQueries({ queryKey: connectionKeys.list });
    },
  });
}

export function deleteConnection(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["connections", "delete"],
    mutationFn: (id: string) => apiSend("DELETE", connectionPath(id), null, z.unknown()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: connectionKeys.list }),
  });
}

/** Tests what is in the form. A failed test is an answer, not an error. */
export function testSettings() {
  return mutationOptions({
    mutationKey: ["connections", "test-settings"],
    mutationFn: (input: SaveConnectionInput) =>
      apiSend("POST", "/api/connections/test", input, ConnectionTest),
  });
}

/** Tests a saved connection with its saved secret. */
export function testConnection(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["connections", "test"],
    mutationFn: (id: string) => apiSend("POST", `${connectionPath(id)}/test`, null, ConnectionTest),
    onSuccess: (test: ConnectionTest, id: string) => {
      queryClient.setQueryData<ConnectionListView>(
        connectionKeys.list,
        (list) =>
          list && {
            connections: list.connections.map((view) =>
              view.id === id ? { ...view, lastTest: test } : view,
            ),
          },
      );
    },
  });
}
