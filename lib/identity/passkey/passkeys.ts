/** Where it was made or used: WebAuthn's RP ID, and the origin of the page. */
export interface PasskeyAt {
  host: string;
  origin: string;
  /** Base64url, as it was given to the browser. */
  challenge: string;
}

/** A public key of somebody's device. */
export interface PublicPasskey {
  /** Base64url. */
  credentialId: string;
  /** COSE, base64url. */
  publicKey: string;
}

/** What a browser answered when a passkey was made. All base64url. */
export interface Attestation {
  id: string;
  rawId: string;
  response: { clientDataJSON: string; attestationObject: string };
}

/** What it answered when one was used. */
export interface Assertion {
  id: string;
  rawId: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string };
}

/** Judges what authenticators have signed, as use cases see it. Neither throws for what is wrong with an answer: null says so. */
export interface Passkeys {
  /** The public key of a new passkey, and how often it has signed. */
  readMade(answer: Attestation, at: PasskeyAt): Promise<(PublicPasskey & { counter: number }) | null>;
  /** How often it has signed by now, where this answer is its own, for this challenge and page, with its person present and recognised. */
  verify(answer: Assertion, at: PasskeyAt, passkey: PublicPasskey): Promise<{ counter: number } | null>;
}
