import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type WaveAction,
  type WaveInput,
  WaveListView,
  WavePreflightView,
  WaveView,
} from "@/lib/contracts/wave";
import { apiGet, apiSend } from "./api";
import { noteServerNow } from "./server-clock";

const keys = {
  list: ["waves"] as const,
  one: (id: string) => ["waves", id] as const,
  preflight: (id: string) => ["waves", id, "preflight"] as const,
};

const pathOf = (id: string) => `/api/waves/${encodeURIComponent(id)}`;
const LOOK_MS = 3_000;

/** All waves. */
export function wavesQuery() {
  return queryOptions({
    queryKey: keys.list,
    queryFn: ({ signal }) => apiGet("/api/waves", WaveListView, { signal }),
    refetchInterval: 2 * LOOK_MS,
  });
}

/** One wave, read again every few seconds while something may go on by itself. */
export function waveQuery(id: string) {
  return queryOptions({
    queryKey: keys.one(id),
    queryFn: async ({ signal }) => {
      const view = await apiGet(pathOf(id), WaveView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    refetchInterval: ({ state }) =>
      state.data?.status === "running" || state.data?.status === "paused" ? LOOK_MS : false,
  });
}

/** What was looked over last of each database. */
export function wavePreflightQuery(id: string) {
  return queryOptions({
    queryKey: keys.preflight(id),
    queryFn: ({ signal }) => apiGet(`${pathOf(id)}/preflight`, WavePreflightView, { signal }),
  });
}

function keep(client: QueryClient, view: WaveView): void {
  noteServerNow(view.serverNow);
  client.setQueryData(keys.one(view.id), view);
  void client.invalidateQueries({ queryKey: keys.list, exact: true });
}

/** Makes a wave, or writes the draft with this id anew. */
export function saveWave(client: QueryClient, id: string | null) {
  return mutationOptions({
    mutationFn: (wave: WaveInput) =>
      id === null
        ? apiSend("POST", "/api/waves", wave, WaveView)
        : apiSend("PUT", `${pathOf(id)}/draft`, wave, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
  });
}

/** Asks something of a wave; the answer is the wave as it stands then. */
export function actOnWave(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (action: WaveAction) => apiSend("POST", `${pathOf(id)}/actions`, action, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
    // A refusal means that our picture is old.
    onError: () => client.invalidateQueries({ queryKey: keys.one(id), exact: true }),
  });
}

/** Plans each database anew. */
export function planWave(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: () => apiSend("POST", `${pathOf(id)}/plan`, null, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
  });
}

/** Looks over all databases. */
export function runWavePreflight(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: () => apiSend("POST", `${pathOf(id)}/preflight`, { migrationIds: null }, WavePreflightView),
    onSuccess: (view: WavePreflightView) => client.setQueryData(keys.preflight(id), view),
  });
}

/** Throws a wave away that has not begun. */
export function discardWave(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("DELETE", pathOf(id), null, z.unknown()),
    onSettled: () => client.invalidateQueries({ queryKey: keys.list, exact: true }),
  });
}
