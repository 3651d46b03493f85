/** What a span is told beside how long it took. No names of people, no texts of statements, no secrets. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanStart {
  /** Of few different ones: `rds findTask`, `step upload`. */
  name: string;
  kind: "server" | "client" | "internal";
  attributes?: SpanAttributes;
}

/**
 * Does `work` as one span of a trace, below the span that it is called in. `note` adds what is known only later. What `work` throws is thrown
 * on, and said by its class, code and request id. Where nobody collects traces it does `work` and nothing else.
 */
export type InSpan = <T>(
  span: SpanStart,
  work: (note: (attributes: SpanAttributes) => void) => Promise<T>,
) => Promise<T>;

/** Of a process whose traces nobody collects. */
export const noSpans: InSpan = (_span, work) => work(() => undefined);
