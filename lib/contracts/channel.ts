import { z } from "zod";
import { NOTICES } from "@/lib/migration/vocabulary/notice";

/** Services that a notice is sent to. `generic`: anything that takes Standard Webhooks; `email`: by SMTP. */
export const CHANNEL_KINDS = ["generic", "dingtalk", "feishu", "wecom", "slack", "teams", "email"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_LANGUAGES = ["en", "zh-CN"] as const;

const common = {
  kind: z.enum(CHANNEL_KINDS),
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
  language: z.enum(CHANNEL_LANGUAGES),
  notices: z.array(z.enum(NOTICES)),
  /** Ids of those that it tells of; empty: all of them, and those to come. */
  migrations: z.array(z.string().max(100)).max(500).default([]),
  /** Where this dashboard is reached: what messages link to. */
  linkBase: z.url({ protocol: /^https?$/ }).max(300),
};

/** A channel as a person sets it. The address counts as a secret: those of chat services hold one. */
export const ChannelInput = z.strictObject({
  ...common,
  /** Of e-mail `smtps://user@host:465/?from=…&to=…,…` (or `smtp://`). Null on a change: as it was. */
  url: z
    .url({ protocol: /^(https?|smtps?)$/ })
    .max(2_000)
    .nullable(),
  /** Of whoever makes it, and of nobody else; said once, when it is made. */
  mine: z.boolean().default(false),
  /** Of one's own e-mail: everybody's channel by whose server it goes. The address is `smtp://shared/?to=…` then. */
  via: z.string().max(100).nullable().default(null),
  /** What signs: of `generic` as `whsec_…` or plain; of e-mail the password. Null on a change: as it was. Empty: unsigned. */
  secret: z.string().max(500).nullable(),
});
export type ChannelInput = z.infer<typeof ChannelInput>;

/** How the last message was taken. */
export const ChannelOutcome = z.object({
  at: z.iso.datetime(),
  ok: z.boolean(),
  /** HTTP status; null when none came. */
  status: z.number().nullable(),
  /** What the service said, shortened; empty when it was taken. */
  said: z.string(),
});
export type ChannelOutcome = z.infer<typeof ChannelOutcome>;

export const ChannelView = z.object({
  ...common,
  id: z.string(),
  /** Of its address, without path and query. */
  host: z.string(),
  signed: z.boolean(),
  /** Of whoever asks; else everybody's. */
  mine: z.boolean(),
  via: z.string().nullable(),
  last: ChannelOutcome.nullable(),
  /** Notices that are not taken yet, and those that were given up after three days. */
  waiting: z.number(),
  givenUp: z.number(),
});
export type ChannelView = z.infer<typeof ChannelView>;
export const ChannelListView = z.object({ channels: z.array(ChannelView) });

export const DELIVERY_STATES = ["waiting", "sent", "given_up"] as const;

/** What a notice is about that is of no migration: a task that was made in the console. */
export const NoticeSubject = z.object({ database: z.string(), instanceId: z.string(), taskId: z.string() });
export type NoticeSubject = z.infer<typeof NoticeSubject>;

/** A notice on its way to a channel. */
export const DeliveryView = z.object({
  id: z.string(),
  kind: z.enum(NOTICES),
  /** Null: it is about something else, which `subject` names all the same. */
  migrationId: z.string().nullable(),
  /** Name of the migration, or of the database. */
  subject: z.string(),
  at: z.iso.datetime(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number(),
  /** When it is tried next; null unless it waits. */
  nextAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
export const DeliveryListView = z.object({ deliveries: z.array(DeliveryView) });
export type DeliveryListView = z.infer<typeof DeliveryListView>;
