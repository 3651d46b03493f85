import { expect, test } from "vitest";
import { redact, secretsIn } from "./redact";

const told = (body: unknown): string => redact(JSON.stringify(body), secretsIn(body));

test("what stands under a secret's name is taken out, wherever it stands", () => {
  const body = {
    name: "a",
    settings: [{ accessKeySecret: "Sec/ret==" }],
    said: "Sec/ret== is Sec%2Fret%3D%3D",
  };
  expect(told(body)).toBe(
    '{"name":"a","settings":[{"accessKeySecret":"[redacted]"}],"said":"[redacted] is [redacted]"}',
  );
});

test.each([
  ["https://hooks.example/services/T0/B0/key?x=1", "https://hooks.example[redacted]"],
  ["https://bob:key-of-bob@hooks.example/", "https://[redacted]@hooks.example/"],
  ["smtps://mail.example:465", "smtps://mail.example:465"],
  ["no address, but pasted key", "[redacted]"],
])("of an address its host is told: %s", (url, expected) => {
  expect(told({ hook: { url } })).toBe(JSON.stringify({ hook: { url: expected } }));
});
