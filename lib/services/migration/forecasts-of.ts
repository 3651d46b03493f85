import { KeptForecasts } from "@/lib/plan/kept-forecast";
import { perStore } from "@/lib/store/per-store";

/** Those of the migrations of a store. */
export const forecastsOf = perStore(() => new KeptForecasts());
