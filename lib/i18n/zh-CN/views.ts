import type { views as english } from "../en/views";

export const views: Record<keyof typeof english, string> = {
  title: "已保存的视图",
  keep: "保存此视图…",
  name: "视图名称",
  save: "保存",
  cancel: "取消",
  remove: "删除视图 {name}",
  failed: "未能保存视图",
};
