import type { custody as english } from "../en/custody";

export const custody: Record<keyof typeof english, string> = {
  "title.held": "源端自 {time} 起已关闭",
  "title.releasing": "正在重新开放源端；自 {time} 起已关闭",
  "title.stuck": "源端仍处于关闭状态，自 {time} 起",
  "title.kept": "源端保持关闭，自 {time} 起",
  "title.left": "源端遗留在关闭状态，自 {time} 起",
  "how.restricted_user": "只有特权登录名可以连接 {database}。",
  "how.norecovery_tail": "{database} 在执行最后一次日志备份后处于 RESTORING：任何人都无法连接。",
  "text.held": "“回退”或取消迁移任务都会恢复源端。",
  "text.releasing": "Chainferry 会持续查询服务器，直到其处于 ONLINE 并向原有用户开放。",
  "text.stuck":
    "Chainferry 未能重新开放源端，会自动重试。请让其能连接该服务器，或在服务器上执行下列语句。服务器处于 ONLINE 并向原有用户开放后，此提示消失。",
  "text.kept": "目标端已取而代之：不应再有人写入源端。如需再次使用旧数据库，请在服务器上执行下列语句。",
  "text.left": "较早的版本取消了此任务，但未重新开放源端。请在服务器上执行下列语句。",
  "statements.held": "如果 Chainferry 无法连接该服务器，请在服务器上执行：",
  give_up: "服务器已永久不可用…",
  "give_up.title": "放弃源端 {database}？",
  "give_up.text":
    "Chainferry 将不再查询该服务器，并依据您的确认结束已请求的操作。如服务器日后恢复，其中的数据库仍处于关闭状态：请保留这些语句。",
  "give_up.name": "输入 {database} 以确认",
  "give_up.mismatch": "与 {database} 不一致。",
  "give_up.confirm": "放弃",
  "give_up.keep": "继续查询",
  "give_up.failed": "未能放弃",
  statements: "在源服务器上：",
};
