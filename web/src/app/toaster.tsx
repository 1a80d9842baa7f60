import { useEffect } from "react";
import { Toaster } from "sonner";
import { noticesShown } from "@/lib/notify";
import { useStore } from "@/lib/store";
import { theme } from "@/lib/theme";

/** Where notices appear: above the composer, on every width. */
export default function Notices() {
  useEffect(noticesShown, []);
  return (
    <Toaster
      theme={useStore(theme)}
      position="bottom-right"
      closeButton
      offset={{ bottom: 96, right: 24 }}
      mobileOffset={{ bottom: 120 }}
    />
  );
}
