import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/dist-types/**",
      "**/fixtures/**",
      "coverage/**",
      "**/*.config.*",
      "tsup.base.ts",
      "scripts/**",
      ".pnpmfile.cjs",
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    // One program for all: a program a package would read the same declarations twenty times over.
    languageOptions: {
      parserOptions: { project: ["scripts/check/tsconfig.lint.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Ports are asynchronous even where one implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // In one program the DOM's streams, which some libraries' types bring along, take the place of Node's.
    files: ["packages/foundation/keys/src/**"],
    languageOptions: { parserOptions: { project: null, projectService: true } },
  },
  {
    files: ["**/test/**", "**/bench/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },
);
