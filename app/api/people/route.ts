import { InvitedView, InviteInput, PersonListView } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { invitePerson } from "@/lib/services/people/change-person";
import { listPeople } from "@/lib/services/people/list-people";

export const GET = route({
  role: "administrator",
  output: PersonListView,
  handler: ({ ctx }) => listPeople({ ctx }),
});

export const POST = route({
  role: "administrator",
  proof: "always",
  noted: "refusals",
  body: InviteInput,
  output: InvitedView,
  status: 201,
  handler: ({ ctx, body }) => invitePerson({ ctx, input: body }),
});
