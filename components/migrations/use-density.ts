"use client";

import { useCallback, useEffect, useState } from "react";

export type Density = "lanes" | "compact";

const KEY = "density";

/** How much room a migration gets, remembered in this browser. */
export function useDensity(): [Density, (density: Density) => void] {
  const [density, setDensity] = useState<Density>("lanes");
  useEffect(() => {
    try {
      if (localStorage.getItem(KEY) === "compact") setDensity("compact");
    } catch {
      // Storage may be forbidden: lanes it is.
    }
  }, []);
  const choose = useCallback((next: Density) => {
    setDensity(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Not remembered, but shown.
    }
  }, []);
  return [density, choose];
}
