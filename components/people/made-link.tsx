"use client";

import { Timestamp } from "@/components/locale/timestamp";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import type { LinkView } from "@/lib/contracts/people";

interface MadeLinkProps {
  title: string;
  /** Before the time at which it ends. */
  text: string;
  /** The page that it opens. */
  page: "/enter" | "/share";
  link: LinkView;
}

/** A link to pass on. It is shown now and never again: the server has its hash only. */
export function MadeLink({ title, text, page, link }: MadeLinkProps) {
  const address = `${location.origin}${page}#${link.token}`;
  return (
    <Callout tone="success" role="status" title={title} className="mb-4">
      <p>
        {text} <Timestamp at={link.expiresAt} style="full" />
      </p>
      <p className="mt-2 flex items-center gap-2 text-fg wrap-anywhere">
        <Mono>{address}</Mono>
        <CopyButton text={address} />
      </p>
    </Callout>
  );
}
