import type { format as english } from "../en/format";

export const format: Record<keyof typeof english, string> = {
  zone_unknown: "时区未知",
  source_time: "源端时间，即源服务器自身的时钟（{zone}）",
  of_total: "{done} / {total}（{percent}）",
  "clock.source": "源端",
  "clock.local": "本地",
  "clock.utc": "UTC",
};
