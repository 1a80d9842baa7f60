/** Lint rules; the import zones are made from the folder list, so a new feature is fenced from its first file. */
import { readdirSync } from "node:fs";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = readdirSync("./src/features", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const zones = [
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: "./src/features",
    except: [`./${name}`],
    message: "A feature does not import another feature; compose them in app/routes.",
  })),
  { target: "./src/features", from: "./src/app", message: "Features do not know the app." },
  { target: ["./src/components", "./src/lib"], from: ["./src/features", "./src/app"], message: "Shared code is below." },
  { target: "./src/lib", from: "./src/components", message: "lib has no screens." },
  {
    target: ["./src/app", "./src/features", "./src/components", "./src/lib"],
    from: "./src/testing",
    message: "Only tests import testing.",
  },
];

export default tseslint.config(
  { ignores: ["dist", "src/lib/api/generated.d.ts"] },
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      complexity: ["error", 15],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "react-hooks/incompatible-library": "off", // the virtualiser is meant to be read on every render
    },
  },
  {
    files: ["src/{app,components}/**/*.tsx", "src/features/*/components/**/*.tsx"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "One request, one file in features/<room>/api." },
        { name: "localStorage", message: "Use lib/storage." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Customer text is rendered as text.",
        },
      ],
    },
  },
  { files: ["src/**/*.tsx"], rules: { "max-lines": ["error", { max: 250 }] } },
  { files: ["src/**/*.test.{ts,tsx}"], rules: { "import-x/no-restricted-paths": "off" } },
);
