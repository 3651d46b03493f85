import type { Metadata } from "next";
import { SignInScreen } from "@/components/entry/sign-in-screen";
import { pageTitle } from "../request-locale";
import { ScreenTexts } from "../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("entry.title");
}

export default function SignInPage() {
  return (
    <ScreenTexts of={["entry"]}>
      <SignInScreen />
    </ScreenTexts>
  );
}
