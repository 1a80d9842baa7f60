import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { noticesWanted } from "@/lib/notify";
import { session } from "@/lib/session";
import { useStore } from "@/lib/store";
import { createQueryClient } from "./query-client";
import { router } from "./router";

const Notices = lazy(() => import("./toaster"));
const queryClient = createQueryClient();

/** Providers; when the session ends anywhere, cached data goes and the router asks for a sign-in. */
export function App() {
  const wanted = useStore(noticesWanted);
  useEffect(
    () =>
      session.subscribe(() => {
        if (!session.get()) queryClient.clear();
        void router.invalidate();
      }),
    [],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Suspense>{wanted ? <Notices /> : null}</Suspense>
    </QueryClientProvider>
  );
}
