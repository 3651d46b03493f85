import { KeptForecasts } from "@/lib/plan/kept-forecast";
import type { PrismaClient } from "@/lib/store/generated/client";

const kept = new WeakMap<PrismaClient, KeptForecasts>();

/** Those of the migrations of a store. */
export function forecastsOf(db: PrismaClient): KeptForecasts {
  const known = kept.get(db) ?? new KeptForecasts();
  kept.set(db, known);
  return known;
}
