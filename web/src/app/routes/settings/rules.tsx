import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { RulesScreen } from "@/features/rules/components/rules-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/rules");

export default function RulesPage() {
  const { rule = null } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/rules" });
  const can = useCan();
  return (
    <Allowed to="seeRules">
      {() => (
        <PageBody title={t("rules.title")} lead={t("rules.lead")} wide>
          <RulesScreen
            opened={rule}
            canChange={can("changeRules")}
            onOpen={(next) => void navigate({ to: ".", search: { rule: next ?? undefined } })}
          />
        </PageBody>
      )}
    </Allowed>
  );
}
