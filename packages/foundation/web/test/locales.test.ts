import { describe, expect, it } from "vitest";
import { errors } from "../src/index.ts";
import { accountEn } from "../src/locales/account-en.ts";
import { accountFr } from "../src/locales/account-fr.ts";
import { apiTokenEn } from "../src/locales/api-token-en.ts";
import { apiTokenFr } from "../src/locales/api-token-fr.ts";
import { en } from "../src/locales/en.ts";
import { fr } from "../src/locales/fr.ts";

const french = [
  ...Object.values<string>(fr),
  ...Object.values<string>(accountFr),
  ...Object.values<string>(apiTokenFr),
  ...Object.values(errors).flatMap(({ says, remedy }) => [says.fr, remedy.fr]),
];

describe("languages", () => {
  it("are both complete", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    expect(Object.keys(accountEn).sort()).toEqual(Object.keys(accountFr).sort());
    expect(Object.keys(apiTokenEn).sort()).toEqual(Object.keys(apiTokenFr).sort());
    for (const text of [...Object.values(en), ...Object.values(fr)]) expect(text.trim()).not.toBe("");
    for (const { says, remedy } of Object.values(errors)) {
      for (const text of [says.en, says.fr, remedy.en, remedy.fr]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it("set French as printers do: curved apostrophes, narrow spaces before ; ! ?", () => {
    for (const text of french) expect(text).not.toMatch(/\w'\w| [;!?:]|\w[;!?]/);
  });
});
