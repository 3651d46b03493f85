import {
  CHANNEL_KINDS,
  CHANNEL_LANGUAGES,
  type ChannelKind,
  ChannelOutcome,
  type ChannelView,
} from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import type { Channel } from "@/lib/store/generated/client";

/** A kind that another version made is told as `generic`. */
export const kindOf = ({ kind }: Pick<Channel, "kind">): ChannelKind =>
  CHANNEL_KINDS.find((known) => known === kind) ?? "generic";

export const languageOf = ({ language }: Pick<Channel, "language">): ChannelView["language"] =>
  CHANNEL_LANGUAGES.find((known) => known === language) ?? "en";

/** A channel as pages see it: without its address and its secret. Of a person's own only that person sees it. */
export function channelView(row: Channel, counts: { waiting: number; givenUp: number }): ChannelView {
  const { id, name, enabled, host, signed, linkBase } = row;
  return {
    ...{ id, name, enabled, host, signed, linkBase, ...counts },
    mine: row.personId !== null,
    via: row.viaId,
    kind: kindOf(row),
    language: languageOf(row),
    migrations: row.migrations,
    notices: NOTICES.filter((known) => row.notices.includes(known)),
    last: ChannelOutcome.nullable().catch(null).parse(row.last),
  };
}
