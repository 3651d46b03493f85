"use client";

import { CrashScreen } from "@/components/shell/late-screens";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <CrashScreen code={error.digest ?? ""} onRetry={reset} />;
}
