import type { forecast as english } from "../en/forecast";

export const forecast: Record<keyof typeof english, string> = {
  "basis.title": "估算依据",
  "basis.nothing": "尚无实测数据，按通常情况估算。",
  "basis.measured": "已实测 {files} 个文件，其中日志备份 {logs} 个。",
  "basis.rehearsed": "停止写入和打开数据库按演练用时计算。",
  "basis.not_rehearsed": "停止写入和打开数据库按通常情况计算：RDS 称打开在一分钟之内。",
  "basis.log_measured": "待备份的日志量为实测值。",
  "basis.log_by_rate": "待备份的日志量按此前日志的增长速度推算。",
  "basis.log_unknown": "尚未测得日志的增长速度。",
  "basis.age": "最新的文件始于 {age}前。",
  "basis.wide": "区间较宽：收窄区间需要 {needed} 个日志，目前有 {logs} 个。",
  "basis.narrower_by_rehearsal": "做一次演练可使区间收窄。",
  "basis.narrower_by_rounds": "再完成几轮日志备份可使区间收窄。",
};
