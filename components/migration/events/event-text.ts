import { eventVerdict, verdictText } from "@/components/verdict/verdict-text";
import type { EventView } from "@/lib/contracts/event";
import type { MessageParams } from "@/lib/i18n/message-key";
import type { Translator } from "@/lib/i18n/translate";
import {
  EVENTS,
  type EventKind,
  type NewEvent,
  type OtherEvent,
  readEvent,
} from "@/lib/migration/vocabulary/events";

type Texts = Pick<Translator, "t" | "tx">;

/** An event as a sentence. Payload words that are keys (step kinds, reasons, states) become text first. */
export function eventText(view: Pick<EventView, "type" | "payload">, texts: Texts): string {
  const { t, tx } = texts;
  const event = readEvent(view.type, view.payload);
  if (event.type === "other") return otherText(event, texts);
  const params: MessageParams = { ...valuesOf(event), ...wordsOf(event, texts) };
  if (event.type === "file_refused") params.verdict = verdictText(eventVerdict(event.payload), texts).whole;
  const stopped = event.type === "database_online" && event.payload.downtimeSeconds !== null;
  return tx(
    stopped ? "event.database_online_after" : `event.${event.type}`,
    params,
    t("event.other", { type: event.type }),
  );
}

/** What another version wrote: its type and its words as they are. */
function otherText({ payload: { event: type, ...rest } }: OtherEvent, { t }: Texts): string {
  const words = Object.entries(rest).map(([name, value]) => `${name}: ${value ?? "–"}`);
  return words.length === 0
    ? t("event.other", { type })
    : t("event.other_words", { type, words: words.join(", ") });
}

/** What the payload says as it is; what nobody knew is a dash, and an instant is written for people, in UTC. */
function valuesOf(event: NewEvent): MessageParams {
  return Object.fromEntries(
    Object.entries(event.payload).map(([name, value]) => [name, instantOf(value) ?? value ?? "–"]),
  );
}

function instantOf(value: unknown): string | null {
  const read = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z$/.exec(String(value));
  return read ? `${read[1]} ${read[2]} UTC` : null;
}

function wordsOf(event: NewEvent, { tx }: Texts): MessageParams {
  const kind: EventKind = EVENTS[event.type];
  const payload: MessageParams = event.payload;
  // Some reasons name what they are about by its key; an event names it by its file.
  const params = { ...payload, key: payload.to ?? "" };
  const say = (pattern: string, value: string, fallback: string) =>
    tx(pattern.replace("*", value), params, fallback);
  const words: MessageParams = {};
  for (const [name, { of = name, text, otherwise }] of Object.entries(kind.words ?? {})) {
    const value = payload[of];
    if (text === undefined) words[name] = value;
    else {
      const plain = String(value ?? "");
      words[name] = say(text, plain, otherwise === undefined ? plain : say(otherwise, plain, plain));
    }
  }
  return words;
}
