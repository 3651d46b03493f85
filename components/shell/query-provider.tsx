"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { readZone, showTimesInZone } from "@/components/locale/display-zone";
import { makeQueryClient } from "@/lib/client/query-client";

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    // Before the first instant is shown.
    showTimesInZone(readZone());
    return makeQueryClient();
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
