import type { notice as english } from "../en/notice";

export const notice: Record<keyof typeof english, string> = {
  ready: "{database} → {instance}：可以割接",
  budget: "{database} → {instance}：今日剩余导入次数不多",
  behind: "{database} → {instance}：落后于计划",
  needs_you: "{database} → {instance}：需要您决定",
  drift: "{database} → {instance}：他人更改了源端或目标端",
  failed: "{database} → {instance}：有步骤失败",
  taken_back: "{database} → {instance}：割接已回退，源端恢复写入",
  online: "{database} → {instance}：数据库已上线",
  verdict: "{database} → {instance}：一致性检查已结束",
  forgotten: "{database} → {instance}：RDS 即将不再列出一个在控制台创建的任务，它尚未结束或文件详情未知",
  try: "Chainferry：这是一条通知渠道的测试消息",
};
