"use client";

import { useMutation } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { beginAtProvider } from "@/lib/client/session-queries";
import { nextPage } from "./next-page";

/** Leads to the provider and, from there, to the page that was wanted. */
export function ProviderWay({ name }: { name: string }) {
  const { t } = useT();
  const begin = useMutation(beginAtProvider());
  return (
    <>
      <p className="my-4 flex items-center gap-3 text-cap text-fg-2 before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t("entry.or")}
      </p>
      {begin.isError ? <ErrorPanel title={t("entry.failed")} error={begin.error} className="mb-4" /> : null}
      <Button
        busy={begin.isPending || begin.isSuccess}
        className="w-full"
        onClick={() =>
          begin.mutate(nextPage(location.search, location.origin), {
            onSuccess: ({ url }) => location.assign(url),
          })
        }
      >
        {t("entry.provider", { name })}
      </Button>
    </>
  );
}
