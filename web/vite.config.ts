/** Build of the web app into hashed assets, and a dev server in front of a running API. The API sets the content policy. */
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./vite.compressed.ts";

const api = process.env.SAMVAD_API ?? "http://127.0.0.1:8400";

export default defineConfig({
  plugins: [react(), tailwindcss(), compressed()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: {
      "/api": api,
      "/sandbox": api,
      "/ws": { target: api, ws: true },
    },
  },
  build: { target: "es2023", sourcemap: false },
});
