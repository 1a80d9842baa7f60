import { lazy, Suspense, useState } from "react";
import { type ProfileProps, ProfileTrigger } from "./profile-trigger";

const ProfileMenu = lazy(() => import("./profile-menu"));

/** The account menu; its code is fetched by the first press. */
export function Profile(props: ProfileProps) {
  const [wanted, setWanted] = useState(false);
  const trigger = <ProfileTrigger aria-haspopup="menu" aria-expanded={wanted} caption={props.caption} onClick={() => setWanted(true)} />;
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <ProfileMenu {...props} />
    </Suspense>
  );
}
