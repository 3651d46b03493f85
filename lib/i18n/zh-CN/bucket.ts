import type { bucket as english } from "../en/bucket";

export const bucket: Record<keyof typeof english, string> = {
  "choose.label": "OSS Bucket",
  "choose.placeholder": "请选择 Bucket",
  "choose.none": "该账号在此地域没有可见的 Bucket。请在 OSS 控制台创建：标准存储，不加密，与实例同地域。",
  "create.title": "创建 Bucket",
  "create.text": "标准存储、私有、不启用服务器端加密，RDS 可以读取。Bucket 位于您的云账号中并由其计费。",
  "create.confirm": "创建",
  "create.name": "名称",
  "create.name.hint": "3 至 63 个小写字母、数字和短横线，且全局唯一。",
  "create.region": "地域",
  "create.region.hint": "须与 RDS 实例同地域：RDS 不读取其他地域的 Bucket。",
  "create.region.none": "该账号下没有 RDS 实例，无法选择地域。",
  "create.region.failed": "无法列出实例",
  "create.failed": "Bucket 未创建",
  "create.done": "已创建 Bucket {name}。",
  "create.open": "创建 Bucket…",
  "name.length": "名称须为 3 至 63 个字符。",
  "name.characters": "只能使用小写字母、数字和短横线。",
  "name.ends": "名称须以字母或数字开头和结尾。",
};
