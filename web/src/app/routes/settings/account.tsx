import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/notice";
import { PageBody } from "@/components/page";
import { AccountPanel } from "@/features/auth/components/account-panel";
import { InboxSettings } from "@/features/conversations/components/inbox-settings";
import { t } from "@/lib/i18n";
import { meQuery } from "@/lib/me";

export default function AccountPage() {
  const me = useQuery(meQuery).data;
  return (
    <PageBody title={t("account.title")}>
      {me ? (
        <>
          <AccountPanel me={me} />
          <InboxSettings />
        </>
      ) : (
        <Skeleton rows={4} className="h-24 py-2" />
      )}
    </PageBody>
  );
}
