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

export const waveKeys = {
  list: ["waves"] as const,
  one: (id: string) => ["waves", id] as const,
  preflight: (id: string) => ["waves", id, "preflight"] as const,
};

export const wavePath = (id: string) => `/api/waves/${encodeURIComponent(id)}`;
const LOOK_MS = 3_000;
/** A stream tells what changes; what only time changes, or another wave, it does not. */
const LOOK_BESIDE_STREAM_MS = 15_000;

/** All waves. */
export function wavesQuery() {
  return queryOptions({
    queryKey: waveKeys.list,
    queryFn: ({ signal }) => apiGet("/api/waves", WaveListView, { signal }),
    refetchInterval: 2 * LOOK_MS,
  });
}

/** One wave, read again every few seconds while something may go on by itself; seldom where a stream tells of it (`isLive`). */
export function waveQuery(id: string, isLive = false) {
  return queryOptions({
    queryKey: waveKeys.one(id),
    queryFn: async ({ signal }) => {
      const view = await apiGet(wavePath(id), WaveView, { signal });
      noteServerNow(view.serverNow);
      return view;
    },
    refetchInterval: ({ state }) =>
      state.data?.status === "running" || state.data?.status === "paused"
        ? isLive
          ? LOOK_BESIDE_STREAM_MS
          : LOOK_MS
        : false,
  });
}

/** What was looked over last of each database. */
export function wavePreflightQuery(id: string) {
  return queryOptions({
    queryKey: waveKeys.preflight(id),
    queryFn: ({ signal }) => apiGet(`${wavePath(id)}/preflight`, WavePreflightView, { signal }),
  });
}

function keep(client: QueryClient, view: WaveView): void {
  noteServerNow(view.serverNow);
  client.setQueryData(waveKeys.one(view.id), view);
  void client.invalidateQueries({ queryKey: waveKeys.list, exact: true });
}

/** Makes a wave, or writes the draft with this id anew. */
export function saveWave(client: QueryClient, id: string | null) {
  return mutationOptions({
    mutationFn: (wave: WaveInput) =>
      id === null
        ? apiSend("POST", "/api/waves", wave, WaveView)
        : apiSend("PUT", `${wavePath(id)}/draft`, wave, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
  });
}

/** Asks something of a wave; the answer is the wave as it stands then. */
export function actOnWave(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (action: WaveAction) => apiSend("POST", `${wavePath(id)}/actions`, action, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
    // A refusal means that our picture is old.
    onError: () => client.invalidateQueries({ queryKey: waveKeys.one(id), exact: true }),
  });
}

/** Plans each database anew. */
export function planWave(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: () => apiSend("POST", `${wavePath(id)}/plan`, null, WaveView),
    onSuccess: (view: WaveView) => keep(client, view),
  });
}

/** Looks over all databases. */
export function runWavePreflight(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: () => apiSend("POST", `${wavePath(id)}/preflight`, { migrationIds: null }, WavePreflightView),
    onSuccess: (view: WavePreflightView) => client.setQueryData(waveKeys.preflight(id), view),
  });
}

/** Throws a wave away that has not begun. */
export function discardWave(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("DELETE", wavePath(id), null, z.unknown()),
    onSettled: () => client.invalidateQueries({ queryKey: waveKeys.list, exact: true }),
  });
}
