import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { useChannels } from "@/lib/api/list-channels";
import { LogScreen } from "@/features/delivery-log/components/log-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/log");

export default function LogPage() {
  return <Allowed to="seeLog">{() => <Log />}</Allowed>;
}

function Log() {
  const { state, action, direction, channel, phone, reason, from, to, message = null } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/log" });
  const channels = useChannels();
  const can = useCan();
  return (
    <PageBody title={t("log.title")} lead={t("log.lead")}>
      <LogScreen
        filter={{ state, action, direction, channel, phone, reason, from, to }}
        opened={message}
        channels={channels.isPending ? null : (channels.data?.items ?? [])}
        canSend={can("reply")}
        onFilter={(change) => void navigate({ to: ".", search: (now) => ({ ...now, ...change }), replace: true })}
        onOpen={(id) => void navigate({ to: ".", search: (now) => ({ ...now, message: id ?? undefined }) })}
      />
    </PageBody>
  );
}
