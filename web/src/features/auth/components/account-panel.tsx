import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import type { Me } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t, tWord } from "@/lib/i18n";
import { keysEnabled, setKeysEnabled } from "@/lib/keys";
import { notify } from "@/lib/notify";
import { keys } from "@/lib/query-keys";
import { useStore } from "@/lib/store";
import { useChangePassword } from "../api/change-password";

const SHORTEST = 8;

export function AccountPanel({ me }: { me: Me }) {
  return (
    <div className="flex max-w-xl flex-col gap-6">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 rounded-card border border-line p-4">
        <dt className="text-muted">{t("signIn.email")}</dt>
        <dd className="foreign">{me.member?.email}</dd>
        <dt className="text-muted">{t("account.role")}</dt>
        <dd>{tWord("role", me.role ?? "", t("app.name"))}</dd>
        <dt className="text-muted">{t("account.tenant")}</dt>
        <dd className="foreign">{me.tenant.name}</dd>
      </dl>
      <PasswordChange hasPassword={me.member?.has_password ?? true} />
      <KeysSetting />
    </div>
  );
}

function PasswordChange({ hasPassword }: { hasPassword: boolean }) {
  const cache = useQueryClient();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const tooShort = next.length < SHORTEST;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (tooShort) return;
    change.mutate(
      { current_password: current || null, new_password: next },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
          setTried(false);
          void cache.invalidateQueries({ queryKey: keys.me });
          notify(t("account.saved"));
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <h2 className="text-lead font-semibold">{t("account.password")}</h2>
      {change.error ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(change.error)}
        </p>
      ) : null}
      {hasPassword ? (
        <Field
          label={t("account.current")}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      ) : null}
      <Field
        label={t("account.new")}
        help={t("account.newHelp")}
        type="password"
        autoComplete="new-password"
        value={next}
        error={tried && tooShort ? t("account.tooShort") : null}
        onChange={(event) => setNext(event.target.value)}
      />
      <Button type="submit" look="primary" busy={change.isPending} className="self-start">
        {t("account.password")}
      </Button>
    </form>
  );
}

function KeysSetting() {
  const on = useStore(keysEnabled);
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">{t("account.keys")}</h2>
      <label className="target flex items-center gap-3">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => setKeysEnabled(event.target.checked)}
          className="size-5 accent-accent"
        />
        <span>
          {t("account.keysOn")}
          <span className="block text-small text-muted">{t("account.keysHelp")}</span>
        </span>
      </label>
    </section>
  );
}
