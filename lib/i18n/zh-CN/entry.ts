import type { entry as english } from "../en/entry";

export const entry: Record<keyof typeof english, string> = {
  title: "登录",
  name: "名称",
  password: "密码",
  submit: "登录",
  failed: "尚未登录",
  hint: "首次启动时，终端会打印一个可直接登录的链接。所有人都无法登录？请在服务器上执行 chainferry recover。",
  "link.title": "通过链接登录",
  "link.busy": "正在登录…",
  "link.part": "链接不完整：请连同 # 之后的全部内容一起复制。",
  "link.password": "使用密码登录",
  place: "使用哪里的名称和密码",
  "place.here": "Chainferry 账号",
  or: "或",
  passkey: "使用通行密钥登录",
  provider: "使用 {name} 登录",
  "return.title": "登录",
  "return.leaving": "正在跳转…",
  "return.shown": "已确认是您本人，可以关闭此窗口。",
  "return.again": "前往登录页面",
};
