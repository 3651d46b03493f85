import type { field as english } from "../en/field";

export const field: Record<keyof typeof english, string> = {
  sourceConnectionId: "服务器",
  sourceDatabase: "数据库",
  backupBy: "备份由谁生成",
  transport: "上传方式",
  sourceFolder: "文件夹（SQL Server 路径）",
  localFolder: "文件夹（Chainferry 路径）",
  cloudConnectionId: "云账号",
  bucket: "OSS 位置",
  prefix: "Bucket 中的前缀",
  instanceId: "实例",
  targetDatabase: "数据库名",
  firstObjectKey: "OSS 文件",
  ticket: "工单号或变更单号",
  "ticket.hint": "选填。显示在迁移任务的页面上，便于之后查看的人了解来由。",
  method: "上云方案",
  "method.access_pending": "不打开数据库（还有差异备份或日志文件）",
  "method.immediate": "打开数据库（只有一个全量备份文件）",
  "method.other": "其他方案",
  checkMode: "一致性检查方式",
  schedule: "增量轮次",
};
