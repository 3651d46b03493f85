import type { script as english } from "../en/script";

export const script: Record<keyof typeof english, string> = {
  title: "SSMS 脚本：自行执行备份",
  text: "带校验和、在版本类型支持时压缩、每个文件一个备份集，文件名符合 RDS 要求。未选择执行时只显示将要做的操作。",
  type: "备份",
  "type.FULL": "全量",
  "type.DIFF": "差异",
  "type.LOG": "日志",
  run: "执行，而不只是检查",
  copy: "复制脚本",
  "backup.about": "用于迁移到 ApsaraDB RDS for SQL Server 的备份。请在源服务器上用 SSMS 执行。",
  "backup.list": "数据库名，每行一个，或以半角分号或逗号分隔；为空表示所有用户数据库",
  "backup.type": "FULL、DIFF 或 LOG",
  "backup.folder": "服务器上的文件夹，而不是您本机的",
  "backup.run": "0 只显示将要执行的操作，1 执行",
  "backup.end": "请将每个文件原样放入 Bucket。割接完成前不要执行其他全量或日志备份。",
};
