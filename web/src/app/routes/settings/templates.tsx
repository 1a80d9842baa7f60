import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { TemplatesScreen } from "@/features/templates/components/templates-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/templates");

export default function TemplatesPage() {
  return <Allowed to="seeChannels">{() => <Templates />}</Allowed>;
}

function Templates() {
  const { channel, review, category, language, q, template = null } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/templates" });
  const can = useCan();
  return (
    <PageBody title={t("templates.title")} lead={t("templates.lead")} wide={template === "new"}>
      <TemplatesScreen
        filter={{ channel, review, category, language, q }}
        opened={template}
        canChange={can("changeChannels")}
        canSeeContacts={can("seeContacts")}
        onFilter={(change) => void navigate({ to: ".", search: (now) => ({ ...now, ...change }), replace: true })}
        onOpen={(id) => void navigate({ to: ".", search: (now) => ({ ...now, template: id ?? undefined }) })}
      />
    </PageBody>
  );
}
