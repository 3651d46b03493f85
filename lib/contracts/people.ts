import { z } from "zod";
import { IdentityKind } from "./identity";
import { Scope } from "./scope";
import { Role } from "./system";

const name = z.string().trim().min(1).max(100);
/** Judged by lib/auth; here only so long that nobody sends megabytes. */
const password = z.string().min(1).max(1000);
const token = z.string().min(1).max(200);

/** Whose name and password they are: ours, or the directory's. */
export const SIGN_IN_PLACES = ["here", "directory"] as const;
export const SignInInput = z.strictObject({
  name: z.string().min(1).max(200),
  password,
  at: z.enum(SIGN_IN_PLACES).default("here"),
});
export type SignInInput = z.infer<typeof SignInInput>;
export const LinkInput = z.strictObject({ token });
/** What the link was for: somebody who was invited sets a password first. */
export const LinkTaken = z.object({ purpose: z.enum(["first_start", "invitation", "recovery"]) });
export type LinkTaken = z.infer<typeof LinkTaken>;

export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  hasPassword: z.boolean(),
  /** By which they come in, and which says their role; null: they have a password or a link of ours. */
  identity: IdentityKind.nullable(),
  /** To what they are limited, unless they are administrator; null: to nothing. */
  scope: Scope.nullable(),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  /** When a session of theirs was last used, of those that are open. */
  seenAt: z.iso.datetime().nullable(),
});
export type PersonView = z.infer<typeof PersonView>;
export const PersonListView = z.object({ people: z.array(PersonView) });

export const InviteInput = z.strictObject({ name, role: Role });
export const PersonChange = z.strictObject({
  role: Role,
  disabled: z.boolean(),
  /** Absent: as it was. */
  scope: Scope.nullable().exactOptional(),
});
export type PersonChange = z.infer<typeof PersonChange>;
/** Told once, to whoever made it. */
export const LinkView = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
export type LinkView = z.infer<typeof LinkView>;
export const InvitedView = LinkView.extend({ personId: z.string() });

export const SessionView = z.object({
  id: z.string(),
  person: z.string(),
  /** The one that asks. */
  own: z.boolean(),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  address: z.string(),
  userAgent: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;
export const SessionListView = z.object({ sessions: z.array(SessionView) });

export const ProofInput = z.strictObject({ password });
export const PasswordInput = z.strictObject({
  /** Null: there is none, or they came by a link a moment ago. */
  currentPassword: password.nullable(),
  newPassword: password,
});
export type PasswordInput = z.infer<typeof PasswordInput>;
export const ProfileView = z.object({
  name: z.string(),
  role: Role,
  hasPassword: z.boolean(),
  /** Whether a new password needs the one before. */
  needsCurrent: z.boolean(),
  /** As `PersonView` has it: they have no password here and can set none. */
  identity: IdentityKind.nullable(),
});
export type ProfileView = z.infer<typeof ProfileView>;

/** Null: the administrator who was first. */
export const RecoveryInput = z.strictObject({ name: name.nullable() });
export const RecoveredView = LinkView.extend({ name: z.string() });
