import { expect, test } from "vitest";
import { clientOptions } from "./client-options";
import { reachesInternal } from "./reach-internal";

test("the internal endpoint is asked once in a while, by its region", async () => {
  const asked: string[] = [];
  const opens = async (host: string) => {
    asked.push(host);
    return host.includes("cn-shanghai");
  };
  expect(await reachesInternal("cn-shanghai", opens)).toBe(true);
  expect(await reachesInternal("cn-shanghai", opens)).toBe(true);
  expect(await reachesInternal("cn-beijing", opens)).toBe(false);
  expect(await reachesInternal("cn-hangzhou", () => Promise.reject(new Error("no such host")))).toBe(false);
  expect(asked).toEqual(["oss-cn-shanghai-internal.aliyuncs.com", "oss-cn-beijing-internal.aliyuncs.com"]);
});

test("an endpoint that was set by hand stays; the signature's region never says internal", () => {
  const keys = { accessKeyId: "a", accessKeySecret: "b" };
  const inside = clientOptions(
    { regionId: "cn-shanghai", internal: true, credentials: async () => keys },
    keys,
  );
  expect(inside).toMatchObject({ internal: true, region: "oss-cn-shanghai" });
  const set = {
    regionId: "cn-shanghai",
    internal: true,
    endpoint: "http://127.0.0.1:9",
    credentials: async () => keys,
  };
  expect(clientOptions(set, keys)).not.toHaveProperty("internal");
});
