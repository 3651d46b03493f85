/** Between pages of one browser: the window of a provider has no other way to the page that opened it. */
const CHANNEL = "chainferry-proof";

/** Says to all pages of this browser that somebody has shown at the provider who they are. */
export function tellProof(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("proved");
  channel.close();
}

/** Calls back when another page of this browser says so; returns what ends the waiting. */
export function onProof(proved: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = proved;
  return () => channel.close();
}
