import { CHANNEL_KINDS, CHANNEL_LANGUAGES, ChannelOutcome, type ChannelView } from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import type { Channel } from "@/lib/store/generated/client";

/** A channel as pages see it: without its address and its secret. */
export function channelView(row: Channel, counts: { waiting: number; givenUp: number }): ChannelView {
  const { id, name, enabled, host, signed, linkBase } = row;
  return {
    ...{ id, name, enabled, host, signed, linkBase, ...counts },
    kind: CHANNEL_KINDS.find((known) => known === row.kind) ?? "generic",
    language: CHANNEL_LANGUAGES.find((known) => known === row.language) ?? "en",
    notices: NOTICES.filter((known) => row.notices.includes(known)),
    last: ChannelOutcome.nullable().catch(null).parse(row.last),
  };
}
