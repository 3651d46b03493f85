"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import type { LinkView } from "@/lib/contracts/people";

/** A link to pass on. It is shown now and never again: the server has its hash only. */
export function MadeLink({ name, link }: { name: string; link: LinkView }) {
  const { t } = useT();
  const address = `${location.origin}/enter#${link.token}`;
  return (
    <Callout tone="success" role="status" title={t("people.link.title", { name })} className="mb-4">
      <p>
        {t("people.link.text")} <Timestamp at={link.expiresAt} style="full" />
      </p>
      <p className="mt-2 flex items-center gap-2 text-fg wrap-anywhere">
        <Mono>{address}</Mono>
        <CopyButton text={address} />
      </p>
    </Callout>
  );
}
