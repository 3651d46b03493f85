import { IdentityKind } from "@/lib/contracts/identity";

/** By which other than a password of ours somebody comes in; null: by that, or a link. */
export function identityOf(identities: readonly { kind: string }[]): IdentityKind | null {
  const [first] = identities;
  return first === undefined ? null : IdentityKind.parse(first.kind);
}
