import type { wayback as english } from "../en/wayback";

export const wayback: Record<keyof typeof english, string> = {
  "possible.title": "打开之后：数据可以从 RDS（{target}）回到源端（{source}）",
  "possible.text": "源端可以还原 RDS 自身的备份。这是整个数据库的还原：会再次停机，并替换源端现有内容。",
  "newer_target.title": "打开之后：数据无法回到源端。RDS 为 {target}，源端为 {source}",
  "newer_target.text":
    "较旧的 SQL Server 无法还原较新版本的备份（消息 3169）。在 RDS 打开数据库之前可以无损回退；之后只能回到割接后的源端，或还原到 {target} 及更新版本的其他服务器。",
  "unknown.title": "打开之后：尚不清楚数据能否回到源端",
  "unknown.text":
    "未能得知源端或实例的版本。请在打开数据库之前确认：较旧的 SQL Server 无法还原较新版本的备份。",
  "plan.stop": "在 RDS 上停止写入：断开应用，或将账号设为只读。",
  "plan.backup": "由 RDS 执行一次全量备份（见上方“RDS 首次备份”）并等待完成。",
  "plan.fetch": "在 RDS 控制台下载：“备份恢复”→“数据备份”→“下载”，并将文件放到源端服务器。",
  "plan.restore": "填入文件路径后在源端运行该脚本，它会替换数据库。",
  "plan.check": "比对行数，重新关联用户与登录名，并将应用指回源端。",
  script: "在源端还原 RDS 备份的脚本",
};
