import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { CannedScreen } from "@/features/canned/components/canned-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/canned-replies");

export default function CannedRepliesPage() {
  const { form = null, q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/canned-replies" });
  const can = useCan();
  return (
    <Allowed to="seeInbox">
      {() => (
        <PageBody title={t("canned.title")} lead={t("canned.lead")}>
          <CannedScreen
            canChange={can("reply")}
            search={q}
            opened={form}
            onSearch={(words) => void navigate({ to: ".", search: (now) => ({ ...now, q: words || undefined }), replace: true })}
            onOpen={(opened) => void navigate({ to: ".", search: (now) => ({ ...now, form: opened ?? undefined }) })}
          />
        </PageBody>
      )}
    </Allowed>
  );
}
