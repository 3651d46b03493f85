import { expect, test } from "vitest";
import { Authenticator, type Said } from "./authenticator-fixture";
import { checkPasskeys } from "./check-passkeys";

const passkeys = checkPasskeys();
const AT = {
  host: "chainferry.corp.example",
  origin: "https://chainferry.corp.example",
  challenge: "Y2hhbGxlbmdl",
};

async function registered(device: Authenticator) {
  const made = await passkeys.readMade(device.make({ ...AT, counter: 4 }), AT);
  if (made === null) throw new Error("It was not taken.");
  return made;
}

test("a passkey is read, and what it signs for us is told with how often it has signed", async () => {
  const device = new Authenticator();
  const made = await registered(device);
  expect(made).toMatchObject({ credentialId: device.id.toString("base64url"), counter: 4 });
  expect(await passkeys.verify(device.use({ ...AT, counter: 5 }), AT, made)).toEqual({ counter: 5 });
  // Whether that is a copy is for whoever keeps the number.
  expect(await passkeys.verify(device.use({ ...AT, counter: 1 }), AT, made)).toEqual({ counter: 1 });
  expect(await passkeys.verify(device.use(AT), AT, made)).toEqual({ counter: 0 });
});

const LIES: [string, Partial<Said>][] = [
  ["another challenge", { challenge: "b3RoZXI" }],
  ["another site that looks like ours", { origin: "https://chainferry-corp.example" }],
  ["another port of ours", { origin: "https://chainferry.corp.example:8443" }],
  ["clear text", { origin: "http://chainferry.corp.example" }],
  ["another RP ID", { host: "corp.example" }],
  ["nobody there", { present: false }],
  ["somebody there who was not recognised", { recognised: false }],
  ["a frame in somebody else's page", { crossOrigin: true }],
  ["an answer to another question", { type: "payment.get" }],
];

test.each(LIES)("%s lets nobody in, and registers nothing", async (_what, lie) => {
  const device = new Authenticator();
  const made = await registered(device);
  expect(await passkeys.verify(device.use({ ...AT, ...lie }), AT, made)).toBeNull();
  expect(await passkeys.readMade(device.make({ ...AT, ...lie }), AT)).toBeNull();
});

test("what another device has signed, or nobody, is not this one's", async () => {
  const [device, other] = [new Authenticator(), new Authenticator()];
  const made = await registered(device);
  const foreign = other.use(AT);
  expect(await passkeys.verify(foreign, AT, made)).toBeNull();
  const { id, rawId } = device.use(AT);
  expect(await passkeys.verify({ ...foreign, id, rawId }, AT, made)).toBeNull();
  const answer = device.use(AT);
  const response = { ...answer.response, signature: "AAAA" };
  expect(await passkeys.verify({ ...answer, response }, AT, made)).toBeNull();
  expect(
    await passkeys.verify({ ...answer, response: { ...response, clientDataJSON: "e30" } }, AT, made),
  ).toBeNull();
});
