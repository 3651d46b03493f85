import type { unread as english } from "../en/unread";

export const unread: Record<keyof typeof english, string> = {
  "title.unsupported_container": "在此无法读取 {file}",
  "title.encrypted": "{file} 已加密",
  why: "它是备份，但其格式 Chainferry 尚不认识。已询问 SQL Server 及其备份历史，均不认识该文件，或无法询问。RDS 也许能够还原它。",
  "why.encrypted":
    "只有持有加密所用的证书，RDS 才能还原它。您的实例是否持有，在此无从得知：没有证书时导入会以错误 33111 失败，并占用一次导入次数。",
  "told.server": "SQL Server 在文件所在处读取了备份头：{type}，LSN {firstLsn} 至 {lastLsn}。",
  "told.history": "msdb 中的备份历史按名称与大小认出了它：{type}，LSN {firstLsn} 至 {lastLsn}。",
  ask: "在能读取它的 SQL Server 上执行 RESTORE HEADERONLY FROM DISK 可得到以下各值。将以您的说明为准，并在记录中写入您的名字：若填写有误，RDS 会拒绝某个文件，并占用一次导入次数。",
  type: "类型",
  first: "FirstLSN",
  last: "LastLSN",
  checkpoint: "CheckpointLSN",
  "checkpoint.hint": "基于此全量备份的差异备份以该值识别。",
  digits: "只能为数字，最多 25 位。",
  order: "LastLSN 必须大于 FirstLSN。",
  state: "确认其内容",
  allow: "允许继续",
  skip: "跳过该文件",
  failed: "未能执行",
};
