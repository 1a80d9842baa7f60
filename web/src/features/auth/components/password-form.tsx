import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SignedOut, Throttled } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useLogin } from "../api/login";
import { useCountdown } from "../hooks/use-countdown";

function waitText(seconds: number): string {
  return seconds > 90 ? t("wait.minutes", { n: Math.ceil(seconds / 60) }) : t("wait.seconds", { n: seconds });
}

/** E-mail and password; a wrong pair is said plainly, a lock-out counts down. */
export function PasswordForm() {
  const login = useLogin();
  const [tried, setTried] = useState(false);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const lock = login.error instanceof Throttled ? login.error.facts.retryAfter : null;
  const left = useCountdown(lock, login.submittedAt);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (email && password && !left) login.mutate({ email: email.trim(), password });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <LoginFault error={login.error} left={left} lock={lock} />
      <Field
        label={t("signIn.email")}
        type="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        error={tried && !email ? t("signIn.required") : null}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={t("signIn.password")}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        error={tried && !password ? t("signIn.required") : null}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={login.isPending} disabled={left > 0} className="h-10">
        {login.isPending ? t("signIn.busy") : t("signIn.submit")}
      </Button>
      <p className="text-small text-muted">{t("signIn.linkHint")}</p>
    </form>
  );
}

function LoginFault({ error, left, lock }: { error: Error | null; left: number; lock: number | null }) {
  if (!error || (lock && !left)) return null;
  const text =
    error instanceof SignedOut ? t("signIn.wrong") : left ? t("signIn.locked", { wait: waitText(left) }) : explain(error);
  return (
    <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
      {text}
    </p>
  );
}
