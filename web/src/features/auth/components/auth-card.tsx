import type { ReactNode } from "react";
import { t } from "@/lib/i18n";

/** The frame of the pages before sign-in. */
export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center bg-surface p-4">
      <div className="w-full max-w-96 rounded-card border border-line bg-bg p-6 shadow-soft">
        <div className="mb-6 flex items-center gap-3">
          <img src="/favicon.svg" alt="" width={40} height={40} />
          <div>
            <p className="text-lead font-semibold">{t("app.name")}</p>
            <p className="text-small text-muted">{t("signIn.lead")}</p>
          </div>
        </div>
        <h1 className="mb-4 text-title font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}
