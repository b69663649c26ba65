import { silentLog } from "@preau/kernel";
import { expect, it } from "vitest";
import { amongFew } from "../src/among-few.ts";

/** One whose answer the test gives. */
function question() {
  let resolve: (said: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const answer = new Promise<string>((...both) => {
    [resolve, reject] = both;
  });
  return { answer, resolve, reject };
}

it("waits with so many questions to a provider and no more, whatever becomes of them (DD.9)", async () => {
  const ask = amongFew({ log: silentLog, provider: "gar.oidc", most: 2 });
  const [slow, broken] = [question(), question()];
  const waiting = [ask(() => slow.answer), ask(() => broken.answer)];
  let asked = false;
  const third = ask(() => Promise.resolve((asked = true)));
  await expect(third).rejects.toMatchObject({ code: "GAR_PROVIDER_SILENT" });
  expect(asked).toBe(false);
  broken.reject(new TypeError("hung up"));
  await expect(waiting[1]).rejects.toThrow("hung up");
  expect(await ask(() => Promise.resolve("in its place"))).toBe("in its place");
  slow.resolve("at last");
  expect(await waiting[0]).toBe("at last");
});
