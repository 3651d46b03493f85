import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { isoBase64URL } from "@simplewebauthn/server/helpers";
import { PASSKEY_ALGORITHMS } from "@/lib/contracts/passkey";
import type { Passkeys } from "./passkeys";

/**
 * Judges answers of authenticators: challenge, origin, RP ID, presence and recognition of the person, signature. How often one has signed is
 * told only where the signature is right: a copy is found by whoever keeps the number.
 * https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential, #sctn-verifying-assertion
 */
export function checkPasskeys(): Passkeys {
  return {
    async readMade({ id, rawId, response }, { host, origin, challenge }) {
      const answer = { id, rawId, type: "public-key" as const, clientExtensionResults: {}, response };
      if (isFramed(response.clientDataJSON)) return null;
      const made = await verifyRegistrationResponse({
        response: answer,
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
        requireUserVerification: true,
        supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS],
      }).catch(() => null);
      if (made === null || !made.verified) return null;
      const { credential } = made.registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: isoBase64URL.fromBuffer(credential.publicKey),
        counter: credential.counter,
      };
    },

    async verify({ id, rawId, response }, { host, origin, challenge }, { credentialId, publicKey }) {
      if (id !== credentialId || isFramed(response.clientDataJSON)) return null;
      const answer = { id, rawId, type: "public-key" as const, clientExtensionResults: {}, response };
      const used = await verifyAuthenticationResponse({
        response: answer,
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
        requireUserVerification: true,
        // The library compares before it looks at the signature: whoever has none would learn the number.
        credential: { id: credentialId, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
      }).catch(() => null);
      return used?.verified ? { counter: used.authenticationInfo.newCounter } : null;
    },
  };
}

/** Asked from within a frame of somebody else's page. The library lets it pass where the browser does not say whose. */
function isFramed(clientDataJSON: string): boolean {
  try {
    const data: unknown = JSON.parse(isoBase64URL.toUTF8String(clientDataJSON));
    const crossOrigin = typeof data === "object" && data !== null ? Reflect.get(data, "crossOrigin") : true;
    return crossOrigin !== undefined && crossOrigin !== false;
  } catch {
    return true;
  }
}
