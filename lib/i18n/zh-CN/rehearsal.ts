import type { rehearsal as english } from "../en/rehearsal";

export const rehearsal: Record<keyof typeof english, string> = {
  title: "这是一次演练",
  text: "不停止任何写入：源端保持打开，备份为 COPY_ONLY，不影响其自身的备份链。数据库以临时名称打开，实测用时将用于正式迁移的预计。",
  "drop.later": "{database} 上线后即可删除。",
  "drop.due": "删除之前，{database} 会占用空间和实例的一个数据库名额。",
  "drop.done": "{database} 已于 {at} 删除。",
  drop: "删除演练数据库…",
  "drop.title": "删除 {database}？",
  "drop.text": "RDS 将删除该数据库及其全部内容。源端和实测数据保留。",
  "drop.confirm": "删除数据库",
  "drop.failed": "未能删除",
  "drop.name": "请输入 {database} 以确认",
  "drop.mismatch": "与 {database} 不一致",
};
