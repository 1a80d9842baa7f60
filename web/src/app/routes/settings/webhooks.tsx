import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { useChannels } from "@/lib/api/list-channels";
import { WebhooksScreen } from "@/features/webhooks/components/webhooks-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/webhooks");

export default function WebhooksPage() {
  return <Allowed to="seeJournal">{() => <Webhooks />}</Allowed>;
}

function Webhooks() {
  const { verdict, channel, from, to, delivery = null } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/webhooks" });
  const channels = useChannels();
  const can = useCan();
  return (
    <PageBody title={t("webhooks.title")} lead={t("webhooks.lead")}>
      <WebhooksScreen
        filter={{ verdict, channel, from, to }}
        opened={delivery}
        channels={channels.isPending ? null : (channels.data?.items ?? [])}
        canDrive={can("driveJournal")}
        onFilter={(change) => void navigate({ to: ".", search: (now) => ({ ...now, ...change }), replace: true })}
        onOpen={(id) => void navigate({ to: ".", search: (now) => ({ ...now, delivery: id ?? undefined }) })}
      />
    </PageBody>
  );
}
