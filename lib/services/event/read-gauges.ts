import { z } from "zod";
import type { ProgressView } from "@/lib/contracts/progress-view";
import { Gauge } from "@/lib/store/typed-rows";

const Stored = z.array(z.tuple([z.string(), z.unknown()]));

/** The gauges of a pulse, by step; what is no gauge is left out. */
export function readGauges(gauges: string): { id: string; progress: ProgressView }[] {
  if (gauges === "") return [];
  return Stored.parse(JSON.parse(gauges)).flatMap(([id, stored]) => {
    const progress = Gauge.safeParse(stored).data;
    return progress === undefined ? [] : [{ id, progress }];
  });
}
