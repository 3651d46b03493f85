"use client";

import { WallCrash } from "@/components/wall/wall-crash";

export default function WallError({ reset }: { reset: () => void }) {
  return <WallCrash onRetry={reset} />;
}
