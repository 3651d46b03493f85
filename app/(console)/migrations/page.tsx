import { redirect } from "next/navigation";

export default function MigrationsAddress() {
  redirect("/");
}
