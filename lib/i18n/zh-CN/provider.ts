import type { provider as english } from "../en/provider";

export const provider: Record<keyof typeof english, string> = {
  text: "服务方使用的原词和 ID，可用于提交工单。",
  instance: "实例",
  database: "RDS 上的数据库",
  task: "上云任务（MigrateTask）",
  method: "接口中的备份模式",
  bucket: "Bucket",
  prefix: "前缀",
  base: "全量备份的备份集",
  steps: "此任务的调用",
  step: "步骤",
  key: "项目",
  value: "值",
  none: "尚未发起任何调用。",
};
