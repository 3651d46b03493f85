export const entry = {
  title: "Sign in",
  name: "Name",
  password: "Password",
  submit: "Sign in",
  failed: "You are not signed in",
  hint: "At the first start the terminal prints a link that signs you in. Nobody can sign in any more? On the server: chainferry recover.",
  "link.title": "Sign in by link",
  "link.busy": "Signing in…",
  "link.part": "The link is not whole: copy it with everything behind the #.",
  "link.password": "Sign in with a password",
} as const;
