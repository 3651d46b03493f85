import type { needs as english } from "../en/needs";

export const needs: Record<keyof typeof english, string> = {
  finish_draft: "完成向导并启动",
  take_backup: "执行下一个差异或日志备份，或开始割接",
  upload_next_file: "请将下一个备份放入 Bucket：须包含 LSN {atLsn}",
  "upload_next_file.short": "请将下一个备份放入 Bucket",
  drop_next_file: "请将下一个备份拖放到本页面：须包含 LSN {atLsn}",
  "drop_next_file.short": "请将下一个备份拖放到本页面",
  file_refused: "{file} 被拒绝：{what}。{needed}",
  "file_refused.short": "{file} 被拒绝：请查看原因和所需的文件",
  step_failed: "{step}失败：请查看原因，修复后重试",
  "step_failed.short": "有步骤失败：请查看原因，修复后重试",
  step_unknown: "{step}：请核实是否已执行并确认",
  "step_unknown.short": "请核实该步骤是否已执行并确认",
  step_overdue: "{step}已持续 {hours} 小时，请到 RDS 控制台查看或提交工单",
  "step_overdue.short": "RDS 上的步骤耗时过长，请到控制台查看或提交工单",
  cutover_ready: "可以割接：停止写入后确认",
  other: "请打开该任务查看其等待的内容",
  drift: "源端被其他人改动：请决定如何继续",
  nothing: "无：自动继续",
  done: "无：数据库已上线",
};
