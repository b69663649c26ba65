/** Every template of every plugin, as it would look, for the publisher's people. @clause DC */
import type { Language, Ports } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import type { MailerOptions } from "../options.ts";
import { TemplatePage } from "../pages/template-page.tsx";
import { TemplatesPage } from "../pages/templates-page.tsx";
import { previewBytes, previewTemplate } from "../preview-template.ts";
import { textsOf } from "../texts.ts";
import { framed, PAGE_POLICY } from "./frame-policy.ts";
import { mailDeciders } from "./mail-access.ts";

const PATH = "/mail/templates";

export function templateRoutes(
  { agreements, clock, post }: Pick<Ports, "agreements" | "clock" | "post">,
  options: MailerOptions,
): readonly WebRoute[] {
  const showAll: WebHandler = (request, response) => {
    const { language } = request;
    const templates = [...post.templates.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = <TemplatesPage {...{ language, templates }} />;
    sendPage(request, response, page, { title: textsOf(language).templates.title });
  };

  /** @throws MAIL_NO_MESSAGE for a template that no plugin declares */
  const named = (request: WebRequest) => {
    const template = post.templates.get(String(request.params["name"]));
    const language = ["fr", "en"].find((each) => each === request.params["language"]);
    if (template === undefined || language === undefined) throw fault("MAIL_NO_MESSAGE");
    const session = request.session;
    if (session === undefined) throw fault("MAIL_NO_MESSAGE");
    const publisher = agreements.of(session.data.controller).annexA.processor.name;
    return { template, language: language as Language, publisher };
  };

  const showOne: WebHandler = (request, response) => {
    const preview = named(request);
    const rendered = previewTemplate(preview, options);
    response.setHeader("Content-Security-Policy", PAGE_POLICY);
    const page = (
      <TemplatePage
        {...{ rendered, template: preview.template, language: request.language }}
        written={preview.language}
      />
    );
    sendPage(request, response, page, { title: rendered.subject });
  };

  const showHtml: WebHandler = (request, response) => {
    framed(response, previewTemplate(named(request), options).html);
  };

  const download: WebHandler = async (request, response) => {
    const preview = named(request);
    const bytes = await previewBytes(preview, options, new Date(clock.now()));
    const name = `${preview.template.name}.${preview.language}.eml`;
    response.setHeader("Content-Disposition", `attachment; filename="${name}"`);
    response.type("message/rfc822").send(bytes);
  };

  const read = { method: "get", who: mailDeciders, clause: "DC" } as const;
  return webRoutes([
    { ...read, path: PATH, handler: showAll },
    { ...read, path: `${PATH}/:name/:language`, handler: showOne },
    { ...read, path: `${PATH}/:name/:language/html`, handler: showHtml },
    { ...read, path: `${PATH}/:name/:language/eml`, handler: download },
  ]);
}
