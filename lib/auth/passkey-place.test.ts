import { expect, test } from "vitest";
import { passkeyPlace } from "./passkey-place";

test.each([
  ["https://chainferry.corp.example", "chainferry.corp.example", "https://chainferry.corp.example"],
  [
    "https://chainferry.corp.example:8443/x",
    "chainferry.corp.example",
    "https://chainferry.corp.example:8443",
  ],
  ["http://localhost:3000", "localhost", "http://localhost:3000"],
])("%s: passkeys belong to %s", (address, host, origin) => {
  expect(passkeyPlace(address)).toEqual({ host, origin });
});

test.each([
  "http://127.0.0.1:3000",
  "https://10.0.0.7",
  "https://[2001:db8::7]",
  "http://chainferry.corp.example",
  "http://localhost.evil.example",
  "",
])("there are none at %j", (address) => {
  expect(passkeyPlace(address)).toBeNull();
});
