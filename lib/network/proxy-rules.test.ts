import { describe, expect, test } from "vitest";
import { proxyFor } from "./proxy-rules";

const PROXY = "http://proxy.example:3128";
const OSS = "https://bucket.oss-cn-hangzhou.aliyuncs.com/key";
const asked = (url: string, environment: Record<string, string>) =>
  proxyFor(new URL(url), environment)?.href ?? null;

describe("which proxy", () => {
  test.each([
    ["https by HTTPS_PROXY", OSS, { HTTPS_PROXY: PROXY }, `${PROXY}/`],
    ["in lower case", OSS, { https_proxy: PROXY }, `${PROXY}/`],
    ["lower case wins", OSS, { https_proxy: PROXY, HTTPS_PROXY: "http://other:1" }, `${PROXY}/`],
    ["https is not sent by HTTP_PROXY", OSS, { HTTP_PROXY: PROXY }, null],
    ["http by HTTP_PROXY", "http://oss.example/", { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ["http is not sent by HTTPS_PROXY", "http://oss.example/", { HTTPS_PROXY: PROXY }, null],
    ["without a scheme", OSS, { HTTPS_PROXY: "proxy.example:3128" }, `${PROXY}/`],
    ["with a login", OSS, { HTTPS_PROXY: "http://u:p@proxy.example:3128" }, "http://u:p@proxy.example:3128/"],
    ["over TLS", OSS, { HTTPS_PROXY: "https://proxy.example" }, "https://proxy.example/"],
    ["empty is none", OSS, { HTTPS_PROXY: " " }, null],
    ["empty lower case is none", OSS, { https_proxy: "", HTTPS_PROXY: PROXY }, null],
    ["none", OSS, {}, null],
  ])("%s", (_, url, environment, expected) => {
    expect(asked(url, environment)).toBe(expected);
  });

  test.each(["socks5://proxy:1080", "http://", "http://[bad"])("%s is named, not used", (text) => {
    expect(() => asked(OSS, { HTTPS_PROXY: text })).toThrow(/HTTPS_PROXY/);
  });
});

describe("NO_PROXY", () => {
  test.each([
    ["*", OSS],
    ["aliyuncs.com", OSS],
    [".aliyuncs.com", OSS],
    ["*.aliyuncs.com", OSS],
    ["localhost, .ALIYUNCS.com", OSS],
    ["a.example b.example\taliyuncs.com.", OSS],
    ["aliyuncs.com:443", OSS],
    ["oss.example:8080", "https://oss.example:8080/"],
    ["10.1.2.3", "https://10.1.2.3/"],
    ["10.0.0.0/8", "https://10.1.2.3/"],
    ["10.1.2.3:8443", "https://10.1.2.3:8443/"],
    ["fd00::1", "https://[fd00::1]/"],
    ["[fd00::1]:8443", "https://[fd00::1]:8443/"],
    ["fd00::/8", "https://[fd00::1]/"],
  ])("%s keeps %s from the proxy", (list, url) => {
    expect(asked(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBeNull();
    expect(asked(url, { HTTPS_PROXY: PROXY, no_proxy: list })).toBeNull();
  });

  test.each([
    ["liyuncs.com", OSS],
    ["aliyuncs.com:80", OSS],
    ["bucket", OSS],
    ["10.1.2.3:80", "https://10.1.2.3/"],
    ["10.0.0.0/99", "https://10.1.2.3/"],
    ["11.0.0.0/8", "https://10.1.2.3/"],
    [":443", OSS],
    [".", OSS],
    ["", OSS],
  ])("%s does not keep %s from it", (list, url) => {
    expect(asked(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBe(`${PROXY}/`);
  });
});

describe("this machine", () => {
  const own = ["http://localhost:1/", "http://oss.localhost/", "http://127.0.0.2/", "http://[::1]:8/"];

  test.each(own)("%s is not sent through a proxy unless asked", (url) => {
    expect(asked(url, { HTTP_PROXY: PROXY })).toBeNull();
    expect(asked(url, { HTTP_PROXY: PROXY, CHAINFERRY_PROXY_LOOPBACK: "1" })).toBe(`${PROXY}/`);
  });

  test.each(["http://100.100.100.200/latest/", "http://169.254.169.254/"])("%s never is", (url) => {
    expect(asked(url, { HTTP_PROXY: PROXY, CHAINFERRY_PROXY_LOOPBACK: "1" })).toBeNull();
  });
});
