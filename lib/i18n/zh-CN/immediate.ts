import type { immediate as english } from "../en/immediate";

export const immediate: Record<keyof typeof english, string> = {
  open: "全量备份开始之后写入的数据将会丢失",
  "open.text":
    "RDS 在还原这一个文件后直接打开数据库，之后不再接受日志。如不允许丢失数据，须在全量备份之前停止写入。",
  stopped: "自启动起业务停止写入",
  "stopped.text": "停机时间从启动计到数据库上线，预计时长见计划。无需轮次，也无需预留导入次数。",
  choice: "启动迁移任务时写入已停止",
  "choice.hint": "请在启动之前停止应用。取消任务后应用可继续运行：源端不会被关闭。",
};
