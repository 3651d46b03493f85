"use client";

import { createContext, type ReactNode, useContext } from "react";

/** The few words that primitives say by themselves, in the page's language. */
export interface Words {
  close: string;
  copy: string;
  copied: string;
  copyFailed: string;
}

const WordsContext = createContext<Words | null>(null);

/** Gives the primitives inside their own words; everything else they say comes by props. */
export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("WordsProvider is missing above this component");
  return words;
}
