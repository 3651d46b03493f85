import type { differential as english } from "../en/differential";

export const differential: Record<keyof typeof english, string> = {
  "why.budget": "{logs} 个日志等待导入，今日剩余导入次数 {left}：差异备份只占用 1 次",
  "why.time": "执行一次差异备份比导入等待中的 {logs} 个日志更快",
  "why.imports": "差异备份占用 1 次导入次数，而不是 {logs} 次",
  "way.logs": "{logs} 个日志，{bytes}",
  "way.differential": "一个差异备份，最大 {most}",
  cost: "占用 {imports} 次导入，{time}",
  what: "差异备份包含全量备份之后更改过的每一页，每页一份；大小要执行后才知道，因此按可能的最大值估算。在它之前结束的日志将被跳过，下一个日志与它衔接。",
  now: "请在下一次日志备份之前立即执行。",
  at: "RDS 正在还原文件：请于 {time} 执行，这样它包含到那时写入的内容，并能及时就绪。",
  take: "执行差异备份",
};
