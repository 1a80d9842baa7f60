import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { usePageTitle } from "@/components/page";
import { AuthCard } from "@/features/auth/components/auth-card";
import { LinkLanding } from "@/features/auth/components/link-landing";
import { PasswordForm } from "@/features/auth/components/password-form";
import { t } from "@/lib/i18n";
import { linkToken } from "@/lib/link-token";
import { session } from "@/lib/session";
import { useStore } from "@/lib/store";

const route = getRouteApi("/signin");

/** Sign-in by password or by a one-time link. A link is for whoever opens it, so it replaces an older session. */
export function SignInPage() {
  const { next } = route.useSearch();
  const navigate = useNavigate();
  const token = useStore(session);
  const [arrivedAs] = useState(token);
  const [link, setLink] = useState(linkToken);
  const done = token !== null && !(link && token === arrivedAs);
  usePageTitle(t("signIn.title"));

  useEffect(() => {
    if (done) void navigate({ href: next ?? "/", replace: true });
  }, [done, navigate, next]);

  return (
    <AuthCard title={link ? t("signIn.link.title") : t("signIn.title")}>
      {link ? <LinkLanding token={link} onPassword={() => setLink(null)} /> : <PasswordForm />}
    </AuthCard>
  );
}
