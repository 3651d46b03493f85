import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "@opentelemetry/api";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { InSpan, SpanAttributes, SpanStart } from "@/lib/diagnosis/in-span";
import { outgoingRoute } from "@/lib/network/outgoing-route";
import type { Environment } from "./config-file";
import { VERSION } from "./version";

export interface Tracing {
  inSpan: InSpan;
  /** Sends what has not been sent, for some seconds at most. Never throws. */
  stop(): Promise<void>;
}

/** How long the end of the process waits for a collector that does not answer. */
const STOP_MS = 3_000;

/**
 * Traces over OTLP/HTTP (JSON), as the standard variables say, read by OpenTelemetry's own packages: endpoint, headers, sampler, name. Null,
 * and nothing of them is loaded, where no collector is named. None of Next's own spans: they hold addresses with what stands in them.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables
 */
export async function startTracing(environment: Environment): Promise<Tracing | null> {
  const collector = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isOff = environment.OTEL_SDK_DISABLED === "true" || environment.OTEL_TRACES_EXPORTER === "none";
  if (!collector || isOff) return null;
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  // By the proxy of the environment, if one is between.
  const exporter = new OTLPTraceExporter({ httpAgentOptions: () => outgoingRoute(new URL(collector)).agent });
  const provider = new sdk.BasicTracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ "service.name": "chainferry", "service.version": VERSION }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("chainferry", VERSION);
  // Not OpenTelemetry's own context, which is the process's: Next would write into it.
  const current = new AsyncLocalStorage<Span>();
  const kinds = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    internal: api.SpanKind.INTERNAL,
  } satisfies Record<SpanStart["kind"], number>;
  const inSpan: InSpan = async ({ name, kind, attributes = {} }, work) => {
    const above = current.getStore();
    const context = above ? api.trace.setSpan(api.ROOT_CONTEXT, above) : api.ROOT_CONTEXT;
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, context);
    try {
      return await current.run(span, () => work((more) => span.setAttributes(more)));
    } catch (error) {
      span.setAttributes(describeError(error));
      span.setStatus({ code: api.SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
  return {
    inSpan,
    stop: async () => {
      const late = new Promise<void>((settle) => setTimeout(settle, STOP_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

/** Never its message: providers repeat in it what they were sent. */
function describeError(error: unknown): SpanAttributes {
  if (isExternalError(error)) {
    const { kind, providerCode, providerRequestId } = error.fields;
    return {
      "error.type": kind,
      ...(providerCode === null ? {} : { "chainferry.provider_code": providerCode }),
      ...(providerRequestId === null ? {} : { "chainferry.provider_request_id": providerRequestId }),
    };
  }
  if (isAppError(error)) return { "error.type": error.fields.reason };
  return { "error.type": error instanceof Error ? error.name : typeof error };
}
