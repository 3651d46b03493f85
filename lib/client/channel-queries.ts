import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { AboutView } from "@/lib/contracts/about";
import {
  type ChannelInput,
  ChannelListView,
  ChannelOutcome,
  ChannelView,
  DeliveryListView,
} from "@/lib/contracts/channel";
import { apiGet, apiSend } from "./api";

const keys = { all: ["channels"] as const, list: ["channels", "list"] as const };
const channelPath = (id: string) => `/api/channels/${encodeURIComponent(id)}`;
/** Everybody's are set by administrators, one's own by oneself: by routes of their own. */
const settingPath = (mine: boolean, id: string | null) =>
  `/api/${mine ? "profile/" : ""}channels${id === null ? "" : `/${encodeURIComponent(id)}`}`;

/** Channels with what waits for each. */
export function channelsQuery() {
  return queryOptions({
    queryKey: keys.list,
    queryFn: ({ signal }) => apiGet("/api/channels", ChannelListView, { signal }),
    refetchInterval: 10_000,
  });
}

/** The newest notices of a channel and what became of them. */
export function deliveriesQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.all, id, "deliveries"],
    queryFn: ({ signal }) => apiGet(`${channelPath(id)}/deliveries`, DeliveryListView, { signal }),
    refetchInterval: 5_000,
  });
}

/** Makes a channel, or with an `id` changes it: address and secret that are null stay as they were. */
export function saveChannel(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["channels", "save"],
    mutationFn: ({ id, channel }: { id: string | null; channel: ChannelInput }) =>
      apiSend(id === null ? "POST" : "PUT", settingPath(channel.mine, id), channel, ChannelView),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  });
}

export function removeChannel(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["channels", "remove"],
    mutationFn: ({ id, mine }: Pick<ChannelView, "id" | "mine">) =>
      apiSend("DELETE", settingPath(mine, id), null, z.unknown()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  });
}

/** Sends one message that says that it is a try. A refusal is an answer, not an error. */
export function tryChannel(queryClient: QueryClient) {
  return mutationOptions({
    mutationKey: ["channels", "try"],
    mutationFn: ({ id, mine }: Pick<ChannelView, "id" | "mine">) =>
      apiSend("POST", `${settingPath(mine, id)}/try`, null, ChannelOutcome),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  });
}

/** How store and engine do, and what the product is made of. */
export function aboutQuery() {
  return queryOptions({
    queryKey: ["about"],
    queryFn: ({ signal }) => apiGet("/api/about", AboutView, { signal }),
    refetchInterval: 15_000,
  });
}
