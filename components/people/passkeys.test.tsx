// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { SignInScreen } from "@/components/entry/sign-in-screen";
import { openTestPage } from "@/components/open-test-page";
import type { PasskeyCreation, PasskeyListView, PasskeyRequest } from "@/lib/contracts/passkey";
import type { Problem } from "@/lib/contracts/problem";
import type { WaysInView } from "@/lib/contracts/ways-in";
import { PasskeysPanel } from "./passkeys-panel";
import { ProofDialog } from "./proof-dialog";
import { WaysInScreen } from "./ways-in-screen";

/** On a busy machine. */
const LATE = { timeout: 20_000 };
const AT = "2026-05-17T00:00:00.000Z";
const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const OF_DEVICE = { id: "ZGV2aWNl", rawId: bytes("device"), type: "public-key" };

const CREATION: PasskeyCreation = {
  rp: { id: "localhost", name: "Chainferry" },
  user: { id: "YW5u", name: "Ann", displayName: "Ann" },
  challenge: "Y2hhbGxlbmdl",
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  excludeCredentials: [],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
  ...{ attestation: "none", timeout: 300_000 },
};
const REQUEST: PasskeyRequest = {
  ...{ rpId: "localhost", challenge: "Y2hhbGxlbmdl", allowCredentials: [] },
  ...{ userVerification: "required", timeout: 300_000 },
};
const LIST: PasskeyListView = {
  host: "localhost",
  passkeys: [{ id: "k-1", name: "Phone", host: "localhost", addedAt: AT, usedAt: null }],
};

/** A browser whose device answers, or refuses. */
function stubDevice(refuses = false) {
  const seen: { publicKey?: { challenge?: ArrayBuffer; allowCredentials?: unknown } }[] = [];
  const answer = (response: object) => (options: (typeof seen)[number]) => {
    seen.push(options);
    if (refuses) return Promise.reject(new DOMException("called off", "NotAllowedError"));
    return Promise.resolve({ ...OF_DEVICE, response, getClientExtensionResults: () => ({}) });
  };
  vi.stubGlobal("PublicKeyCredential", class {});
  Object.defineProperty(navigator, "credentials", {
    configurable: true,
    value: {
      create: answer({
        attestationObject: bytes("made"),
        clientDataJSON: bytes("said"),
        getTransports: () => ["internal"],
      }),
      get: answer({
        authenticatorData: bytes("data"),
        clientDataJSON: bytes("said"),
        signature: bytes("signed"),
      }),
    },
  });
  return seen;
}

const SIGNED = {
  ...{ id: "ZGV2aWNl", rawId: "ZGV2aWNl", type: "public-key" },
  response: expect.objectContaining({
    signature: "c2lnbmVk",
    authenticatorData: "ZGF0YQ",
    clientDataJSON: "c2FpZA",
  }),
};

test("one is added by its name, renamed and revoked; what the device made is sent as it is", async () => {
  const { user, asked, t } = openTestPage(<PasskeysPanel />, {
    answers: {
      "GET /api/profile/passkeys": LIST,
      "POST /api/profile/passkeys/begin": CREATION,
      "POST /api/profile/passkeys": null,
      "PUT /api/profile/passkeys/k-1": null,
      "DELETE /api/profile/passkeys/k-1": null,
    },
  });
  const seen = stubDevice();
  const list = await screen.findByRole("list", { name: t("people.passkeys") }, LATE);
  await user.type(screen.getByLabelText(t("people.passkeys.name")), "Laptop");
  await user.click(screen.getByRole("button", { name: t("people.passkeys.add", { host: "localhost" }) }));
  await expect
    .poll(() => asked.find(({ call }) => call === "POST /api/profile/passkeys")?.body, LATE)
    .toMatchObject({
      name: "Laptop",
      made: {
        ...{ id: "ZGV2aWNl", rawId: "ZGV2aWNl", type: "public-key" },
        response: { attestationObject: "bWFkZQ", clientDataJSON: "c2FpZA", transports: ["internal"] },
      },
    });
  expect(Buffer.from(seen[0]?.publicKey?.challenge ?? new ArrayBuffer(0)).toString()).toBe("challenge");

  await user.click(
    within(list).getByRole("button", { name: t("people.passkeys.rename.of", { name: "Phone" }) }),
  );
  const field = within(list).getByLabelText(t("people.passkeys.name"));
  await user.clear(field);
  await user.type(field, "Old phone");
  await user.click(within(list).getByRole("button", { name: t("people.passkeys.rename.submit") }));
  await expect
    .poll(() => asked, LATE)
    .toContainEqual({
      ...{ call: "PUT /api/profile/passkeys/k-1", body: { name: "Old phone" } },
    });
  await user.click(
    await within(list).findByRole(
      "button",
      { name: t("people.passkeys.revoke.of", { name: "Phone" }) },
      LATE,
    ),
  );
  await expect
    .poll(() => asked, LATE)
    .toContainEqual({ call: "DELETE /api/profile/passkeys/k-1", body: null });
});

test("where the address has none, that is said", async () => {
  const nowhere = openTestPage(<PasskeysPanel />, {
    answers: { "GET /api/profile/passkeys": { host: null, passkeys: [] } },
  });
  expect(await screen.findByText(nowhere.t("people.passkeys.not_here"), {}, LATE)).toBeDefined();
});

test("a device that refuses is told as that, and nothing is sent", async () => {
  const { user, asked, t } = openTestPage(<PasskeysPanel />, {
    answers: { "GET /api/profile/passkeys": LIST, "POST /api/profile/passkeys/begin": CREATION },
  });
  stubDevice(true);
  await user.type(await screen.findByLabelText(t("people.passkeys.name"), {}, LATE), "Laptop");
  await user.click(screen.getByRole("button", { name: t("people.passkeys.add", { host: "localhost" }) }));
  expect(await screen.findByText(t("error.passkey_called_off"), {}, LATE)).toBeDefined();
  expect(asked.some(({ call }) => call === "POST /api/profile/passkeys")).toBe(false);
});

test("after the right password the browser is asked for the passkey by itself", async () => {
  const needed: Problem = {
    ...{ type: "about:blank", title: "", status: 401, code: "unauthorized", reason: "passkey_needed" },
    ...{ params: {}, requestId: "r", provider: null, invalidParams: [] },
  };
  const { user, asked, t } = openTestPage(<SignInScreen />, {
    answers: {
      "GET /api/sign-in": { openid: null, directory: null, passkey: true },
      "POST /api/sign-in": Response.json(needed, { status: 401 }),
      "POST /api/sign-in/passkey": REQUEST,
    },
  });
  const seen = stubDevice();
  expect(await screen.findByRole("button", { name: t("entry.passkey") }, LATE)).toBeDefined();
  await user.type(screen.getByLabelText(t("entry.name")), "ann");
  await user.type(screen.getByLabelText(t("entry.password")), "drei gelbe Kutschen");
  await user.click(screen.getByRole("button", { name: t("entry.submit") }));
  const answer = { call: "POST /api/sign-in/passkey/answer", body: expect.objectContaining(SIGNED) };
  await expect.poll(() => asked, LATE).toContainEqual(answer);
  // Whichever the device has for this address.
  expect(seen[0]?.publicKey?.allowCredentials).toBeUndefined();
});

test("a proof goes by the passkey, or by the password instead", async () => {
  const onProved = vi.fn();
  const dialog = <ProofDialog name="Ann" by="passkey" onProved={onProved} onClose={() => undefined} />;
  const { user, t } = openTestPage(dialog, {
    answers: {
      "POST /api/profile/proof/passkey": REQUEST,
      "POST /api/profile/proof/passkey/answer": null,
    },
  });
  stubDevice();
  await user.click(await screen.findByRole("button", { name: t("people.proof.passkey") }, LATE));
  await expect.poll(() => onProved.mock.calls.length, LATE).toBe(1);
  await user.click(screen.getByRole("button", { name: t("people.proof.password_instead") }));
  expect(await screen.findByLabelText(t("people.proof.password", { name: "Ann" }), {}, LATE)).toBeDefined();
});

test("a way in shows how it is set without its secret, how it did, and what a trial found", async () => {
  const ways: WaysInView = {
    ways: [
      {
        ...{ kind: "directory", name: "Corp AD", lastDoneAt: null },
        settings: [
          { variable: "CHAINFERRY_LDAP_BASE", value: "dc=corp" },
          { variable: "CHAINFERRY_LDAP_BIND_PASSWORD", value: null },
        ],
        lastRefused: { at: AT, reason: "identity_no_role" },
      },
    ],
    withPassword: 2,
    passkeys: [{ host: "localhost", people: 1 }],
  };
  const { user, asked, t } = openTestPage(<WaysInScreen />, {
    answers: {
      "GET /api/ways-in": ways,
      "POST /api/ways-in/try": { host: "dc1:636", missingGroups: ["cn=gone,dc=corp"] },
    },
  });
  expect(await screen.findByText(t("people.ways.hidden"), {}, LATE)).toBeDefined();
  expect(
    screen.getByText(t("error.identity_no_role", { source: "Corp AD" }), { exact: false }),
  ).toBeDefined();
  expect(screen.getByText(t("people.ways.passkeys", { count: 1, host: "localhost" }))).toBeDefined();
  await user.click(screen.getByRole("button", { name: t("people.ways.try") }));
  expect(await screen.findByText("cn=gone,dc=corp", {}, LATE)).toBeDefined();
  expect(asked).toContainEqual({ call: "POST /api/ways-in/try", body: { kind: "directory" } });
});
