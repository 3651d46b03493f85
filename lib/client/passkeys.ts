import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { PasskeyCreation, PasskeyListView, PasskeyRequest } from "@/lib/contracts/passkey";
import type { SignInInput } from "@/lib/contracts/people";
import { apiGet, apiSend } from "./api";
import { localProblem, toApiProblem } from "./api-problem";

const passkeys = ["passkeys"];
const one = (id: string) => `/api/profile/passkeys/${encodeURIComponent(id)}`;

export function passkeysQuery() {
  return queryOptions({
    queryKey: passkeys,
    queryFn: ({ signal }) => apiGet("/api/profile/passkeys", PasskeyListView, { signal }),
  });
}

/** Has the browser make one, and calls it by a name. */
export function addPasskey(client: QueryClient) {
  return mutationOptions({
    mutationFn: async (name: string) => {
      const optionsJSON = await apiSend("POST", "/api/profile/passkeys/begin", null, PasskeyCreation);
      const made = await byBrowser(async () => {
        const { startRegistration } = await import("@simplewebauthn/browser");
        return startRegistration({ optionsJSON });
      });
      return apiSend("POST", "/api/profile/passkeys", { name, made }, z.null());
    },
    onSettled: () => client.invalidateQueries({ queryKey: passkeys }),
  });
}

export function renamePasskey(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ id, name }: { id: string; name: string }) => apiSend("PUT", one(id), { name }, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: passkeys }),
  });
}

export function revokePasskey(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) => apiSend("DELETE", one(id), null, z.null()),
    onSettled: () => client.invalidateQueries({ queryKey: passkeys }),
  });
}

/** Signs in by name and password; who has a passkey goes on with it, since the password alone is not enough. */
export function signInWithAll() {
  return mutationOptions({
    mutationFn: async (input: SignInInput) => {
      try {
        return await apiSend("POST", "/api/sign-in", input, z.null());
      } catch (error) {
        if (toApiProblem(error).reason !== "passkey_needed") throw error;
        return answered("/api/sign-in/passkey");
      }
    },
  });
}

/** Signs in by whichever passkey the device has for this address. */
export function signInByPasskey() {
  return mutationOptions({ mutationFn: () => answered("/api/sign-in/passkey") });
}

/** Shows by a passkey that it is still the same person. */
export function proveByPasskey() {
  return mutationOptions({ mutationFn: () => answered("/api/profile/proof/passkey") });
}

/** Asks for something to sign, has the browser sign it, and sends it back. */
async function answered(path: string): Promise<null> {
  const optionsJSON = await apiSend("POST", path, null, PasskeyRequest);
  const answer = await byBrowser(async () => {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return startAuthentication({ optionsJSON });
  });
  return apiSend("POST", `${path}/answer`, answer, z.null());
}

/** Throws `passkey_called_off` for whatever a browser has against it: it does not tell pages more. */
async function byBrowser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw localProblem("unauthorized", "passkey_called_off", 0, error);
  }
}
