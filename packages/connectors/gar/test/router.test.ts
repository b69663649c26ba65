import type { Session, Sessions } from "@preau/web";
import { describe, expect, it } from "vitest";
import type { GarPorts } from "../src/door.ts";
import { garRouter } from "../src/http/router.ts";
import { garOptions } from "../src/options.ts";

/** The secrets that the sessions are asked for, by cookie header, in an application at that address. */
async function askedFor(publicUrl: string, headers: readonly string[]) {
  const asked: (string | undefined)[] = [];
  const find = (secret: string | undefined) => {
    asked.push(secret);
    return Promise.resolve<Session | undefined>(undefined);
  };
  const ports = { sessions: { find } } as unknown as GarPorts & { sessions: Sessions };
  const { session } = garRouter({ ...ports, options: garOptions.parse({ publicUrl }) });
  for (const cookie of headers) await session({ headers: { cookie } });
  return asked;
}

describe("the session of a request in an Express application (D4.1)", () => {
  it("goes by the prefixed cookie alone under https: a subdomain can plant the other", async () => {
    const headers = ["preau=planted", "preau=planted; __Host-preau=ours", "x=1; __Host-preau=ours"];
    expect(await askedFor("https://plume.example", headers)).toEqual([undefined, "ours", "ours"]);
  });

  it("goes by the plain one under http, where there is no prefix", async () => {
    const headers = ["preau=ours", "__Host-preau=other", "xpreau=1;preau=ours"];
    expect(await askedFor("http://127.0.0.1:8700", headers)).toEqual(["ours", undefined, "ours"]);
  });

  it("is none where the cookie comes twice", async () => {
    const twice = ["__Host-preau=planted; __Host-preau=ours", ""];
    expect(await askedFor("https://plume.example", twice)).toEqual([undefined, undefined]);
  });
});
