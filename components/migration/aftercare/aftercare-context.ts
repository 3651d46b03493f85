import { createContext, useContext } from "react";
import type { AftercareAction, AftercareView } from "@/lib/contracts/aftercare";

/** What every step works with. */
export interface AftercareWork {
  view: AftercareView;
  act: (action: AftercareAction, done?: () => void) => void;
  busy: boolean;
}

const AftercareContext = createContext<AftercareWork | null>(null);

export const AftercareProvider = AftercareContext.Provider;

/** Throws outside of an `AftercareProvider`. */
export function useAftercare(): AftercareWork {
  const work = useContext(AftercareContext);
  if (!work) throw new Error("AftercareProvider is missing above this component");
  return work;
}
