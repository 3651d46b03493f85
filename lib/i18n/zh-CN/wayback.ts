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
  "plan.title": "如何将数据带回源端",
  "plan.stop": "在 RDS 上停止写入：断开应用，或将账号设为只读。",
  "plan.backup": "停止写入后，由 RDS 执行一次全量备份并等待完成。",
  "plan.fetch": "在链接有效期内将其下载到源端服务器。",
  "plan.unpack": "解压后将备份文件放到以下路径：",
  "plan.restore": "在无人连接时于源端运行该脚本。它会替换数据库，且只允许管理员连接。",
  "plan.check": "与 RDS 比对行数（见上方“比对行数”），并重新关联用户与登录名。",
  "plan.open": "运行脚本的最后一行以开放数据库，并将应用指回源端。",
  "forecast.some":
    "备份约 {size}。下载：{download}，按此次上传的速率估算；还原：{restore}，按 RDS 还原全量备份的耗时估算。下行线路和源端磁盘均未测量。",
  "forecast.no_time": "未测量",
  "forecast.unknown": "无法预计耗时：没有测量过全量备份。",
  "backup.start": "由 RDS 执行备份",
  "backup.not_started": "未能请求备份",
  "backup.runs": "RDS 正在备份，任务 {set}。",
  "backup.done": "备份集 {set} 已于 {at} 完成，不包含此后写入 RDS 的数据。",
  "backup.failed": "备份失败，任务 {set}。",
  "sets.none": "数据库打开之后，RDS 还没有全量备份。",
  "sets.one": "备份集 {set}，{at}，{size}",
  "sets.link": "获取链接",
  "sets.no_link": "没有链接",
  "sets.snapshot": "快照备份，无法下载",
  "link.secret": "任何持有此链接的人都能下载数据。链接数小时后失效，届时请重新获取。",
  "link.whole": "任何持有此链接的人都能下载实例的全部数据库。链接数小时后失效，届时请重新获取。",
  "link.public": "复制公网链接",
  "link.intranet": "复制内网链接",
  script: "在源端还原 RDS 备份的脚本",
};
