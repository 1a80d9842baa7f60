import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { MemberList } from "@/features/settings/components/member-list";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/members");

export default function MembersPage() {
  const { form } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/members" });
  const can = useCan();
  return (
    <Allowed to="seeMembers">
      {(me) => (
        <PageBody title={t("members.title")} lead={t("members.lead")}>
          <MemberList
            me={me}
            canChange={can("changeMembers")}
            inviting={form === "new" && can("changeMembers")}
            onInvite={(open) => void navigate({ to: ".", search: { form: open ? "new" : undefined } })}
          />
        </PageBody>
      )}
    </Allowed>
  );
}
