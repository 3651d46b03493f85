import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { ProductSettings } from "@/lib/contracts/product-settings";
import { apiGet, apiSend } from "./api";

const PATH = "/api/settings";
const KEY = ["product-settings"];

/** What new migrations begin with, and how long what is kept. */
export const productSettingsQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => apiGet(PATH, ProductSettings, { signal }),
});

/** Sets it, all of it. */
export function saveProductSettings(queryClient: QueryClient) {
  return mutationOptions({
    mutationFn: (settings: ProductSettings) => apiSend("PUT", PATH, settings, ProductSettings),
    onSuccess: (settings: ProductSettings) => queryClient.setQueryData(KEY, settings),
  });
}
