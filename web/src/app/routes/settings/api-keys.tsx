import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { KeyList } from "@/features/settings/components/key-list";
import { t } from "@/lib/i18n";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/api-keys");

export default function ApiKeysPage() {
  const { form } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/api-keys" });
  return (
    <Allowed to="seeKeys">
      {(me) => (
        <PageBody title={t("apiKeys.title")} lead={t("apiKeys.lead")}>
          <KeyList
            permissions={me.permissions}
            creating={form === "new"}
            onCreate={(open) => void navigate({ to: ".", search: { form: open ? "new" : undefined } })}
          />
        </PageBody>
      )}
    </Allowed>
  );
}
