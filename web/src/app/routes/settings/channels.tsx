import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { ChannelList } from "@/features/channels/components/channel-list";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

const route = getRouteApi("/app/settings/channels");

export default function ChannelsPage() {
  const { form = null } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/channels" });
  const can = useCan();
  const open = (next: string | null) => void navigate({ to: ".", search: { form: next ?? undefined } });
  return (
    <Allowed to="seeChannels">
      {() => (
        <PageBody title={t("channels.title")} lead={t("channels.lead")}>
          <ChannelList form={form} canChange={can("changeChannels")} onForm={open} />
        </PageBody>
      )}
    </Allowed>
  );
}
