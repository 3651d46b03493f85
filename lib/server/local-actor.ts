import type { Actor } from "@/lib/context/context";

/** Until sign-in arrives the server listens on loopback only, and whoever reaches it is the administrator. */
export const LOCAL_ADMINISTRATOR: Actor = {
  kind: "person",
  id: "local",
  name: "administrator",
  role: "administrator",
};
