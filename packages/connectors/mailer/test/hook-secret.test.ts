import { expect, it } from "vitest";
import { hookSecrets } from "../src/hook-secret.ts";

it("takes a secret a line, and no word among operators for one (DC)", async () => {
  const [old, next] = ["4f1ea3c86d20f1b4e9a877a0", "6a4c0f8e21d5a7b3906c55e0"];
  const read = (hookSecret: string) => hookSecrets({ hookSecret });
  expect(await read(`${next}\n${old}\n`)).toEqual([next, old]);
  expect(await read(`# rotated-on-2026-11-27-by-the-operations-team\n${next}`)).toEqual([next]);
  expect(await read("ask-the-operations-team-for-it please")).toBe("unreadable");
});
