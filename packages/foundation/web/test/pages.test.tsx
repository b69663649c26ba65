import { instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import {
  Clause,
  Countdown,
  Definition,
  Field,
  Form,
  Moment,
  Notice,
  sendPage,
  Table,
  Verdict,
  webRoutes,
} from "../src/index.ts";
import { HTML, signInAs, startApplication } from "./application.ts";
import { sampleMenu, sampleRoutes } from "./sample-pages.tsx";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&`;

describe("pages", () => {
  it("escape whatever they are given, as text and as attribute (XSS)", async () => {
    const hostile = (
      <>
        <h1>{HOSTILE}</h1>
        <Notice kind="ok" title={HOSTILE}>
          {HOSTILE}
        </Notice>
        <Clause id={HOSTILE} title={HOSTILE} />
        <Definition entries={[[HOSTILE, HOSTILE]]} />
        <Table
          caption={HOSTILE}
          columns={[{ title: HOSTILE, cell: (row: string) => row }]}
          rows={[HOSTILE]}
        />
        <Form action={HOSTILE}>
          <Field name="a" label={HOSTILE} value={HOSTILE} hint={HOSTILE} error={HOSTILE} />
          <Field name="b" label="b" type="textarea" value={HOSTILE} />
          <Field name="c" label="c" options={[[HOSTILE, HOSTILE]]} value={HOSTILE} />
        </Form>
      </>
    );
    const app = await startApplication(
      webRoutes([
        {
          method: "get",
          path: "/hostile",
          who: "anyone",
          handler: (request, response) => sendPage(request, response, hostile, { title: HOSTILE }),
        },
      ]),
      { title: HOSTILE, menu: [{ path: "/x", title: { fr: HOSTILE, en: HOSTILE }, who: "anyone" }] },
    );
    const { status, text } = await app.visit("/hostile");
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script|<img/i);
    expect(text.match(/&lt;script>/g)?.length).toBeGreaterThan(15);
  });

  it("show in the menu what the reader's role opens, and mark where one is", async () => {
    const app = await startApplication(sampleRoutes, { menu: sampleMenu });
    const linksFor = async (cookie?: string) => {
      const { text } = await app.visit("/erasure", cookie === undefined ? {} : { headers: { cookie } });
      const nav = /<nav class="menu".*?<\/nav>/s.exec(text)?.[0] ?? "";
      expect(nav).toContain('<a href="/erasure" aria-current="page">');
      return [...nav.matchAll(/href="([^"]+)"/g)].map((match) => match[1]);
    };
    expect(await linksFor()).toEqual(["/", "/erasure"]);
    expect(await linksFor(await signInAs(app, "dataSubject"))).toEqual(["/", "/erasure", "/journal"]);
    expect(await linksFor(await signInAs(app, "support"))).toEqual(["/", "/erasure", "/journal", "/desk"]);
  });

  it("say every verdict in words, and every instant for machines too", async () => {
    const app = await startApplication(
      webRoutes([
        {
          method: "get",
          path: "/words",
          who: "anyone",
          handler: (request, response) =>
            sendPage(
              request,
              response,
              <>
                <Verdict verdict="UNKNOWN" />
                <Moment at={instant("2026-11-23T08:15:00.000Z")} />
                <Countdown until={instant("2026-11-22T08:00:00.000Z")} />
              </>,
              { title: { fr: "Mots", en: "Words" } },
            ),
        },
      ]),
    );
    const { text, headers } = await app.visit("/words", { headers: { ...HTML, "accept-language": "en" } });
    expect(text).toContain("<title>Words · Préau</title>");
    expect(text).toContain('Not established <span class="code">UNKNOWN</span>');
    expect(text).toContain(
      '<time datetime="2026-11-23T08:15:00.000Z">Monday 23 November 2026 at 09:15</time>',
    );
    expect(text).toContain("late by 24 hours");
    expect(headers["content-language"]).toBe("en");
    expect(headers["vary"]).toBe("Cookie, Accept-Language");
  });

  it("keep the error page's status, clause and code, without a script", async () => {
    const app = await startApplication(sampleRoutes, { staffNetworks: ["10.0.0.0/8"] });
    const cookie = await signInAs(app, "support");
    const { status, text } = await app.visit("/erasure", { headers: { ...HTML, cookie } });
    expect(status).toBe(403);
    expect(text).toContain("DD.6");
    expect(text).toContain("WEB_OUTSIDE_NETWORK");
  });
});
