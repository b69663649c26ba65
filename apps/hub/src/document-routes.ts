/**
 * The agreement's annexes, and a controller's annexes, record and extract, to read and to keep. The agreement's own are as
 * public as the agreement. A controller's name its officers: the publisher's staff but support, and that controller's own
 * people, see them; for those of another controller they do not exist.
 */
import { dayIn, mainland } from "@preau/calendar";
import { documentPolicy } from "@preau/documents";
import type { Language, Who } from "@preau/kernel";
import { type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { controllerIn, staffAndOwn, type WebResponse } from "./contract-access.ts";
import { readControllerView } from "./controller-view.ts";
import {
  type DocumentFormat,
  type DocumentName,
  documentFileName,
  documentFormats,
  documentTypes,
  makeAgreementDocument,
  makeControllerDocument,
  renderDocument,
} from "./document-set.ts";
import type { Hub } from "./hub.ts";

/** Who reads a controller's documents; the auditor of a controller that controller's alone (D11.2). */
const documentReaders = [...staffAndOwn, "auditor"] as const satisfies Who;
/** A PDF costs some tenths of a second of a processor. */
const BRAKE = { attempts: 60, seconds: 60 } as const;

const ofController = [
  { name: "annexes", clause: "DA" },
  { name: "record", clause: "D4.2" },
  { name: "extract", clause: "D4.2" },
] as const satisfies readonly { readonly name: DocumentName; readonly clause: string }[];

export function documentRoutes(hub: Hub): readonly WebRoute[] {
  const publicAnnexes = keepForTheDay(hub);
  return webRoutes([
    ...documentFormats.map(
      (format): WebRoute => ({
        method: "get",
        path: `/agreement/annexes.${format}`,
        who: "anyone",
        clause: "DA",
        rateLimit: BRAKE,
        handler: async (request, response) => {
          const language = languageOf(request);
          const bytes = await publicAnnexes(language, format);
          send(response, bytes, { name: "annexes", format, language, of: hub.agreement.id });
        },
      }),
    ),
    ...ofController.flatMap(({ name, clause }) =>
      documentFormats.map(
        (format): WebRoute => ({
          method: "get",
          path: `/controllers/:controller/${name}.${format}`,
          who: documentReaders,
          clause,
          rateLimit: BRAKE,
          handler: (request, response) => sendOfController(hub, request, response, { name, format }),
        }),
      ),
    ),
  ]);
}

async function sendOfController(
  { ports }: Hub,
  request: WebRequest,
  response: WebResponse,
  { name, format }: { readonly name: DocumentName; readonly format: DocumentFormat },
): Promise<void> {
  const controller = controllerIn(request);
  const language = languageOf(request);
  const { agreement, ...file } = await ports.unitOfWork.transaction((unit) =>
    readControllerView(unit, ports, controller),
  );
  const document = makeControllerDocument(name, { agreement, language, at: ports.clock.now(), file });
  send(response, await renderDocument(document, format), { name, format, language, of: controller });
}

/** The agreement's annexes change with the day alone: each form is made once a day, for whoever asks. */
function keepForTheDay({ agreement, ports }: Hub) {
  const kept = new Map<string, Promise<Uint8Array>>();
  let keptOn = "";
  return (language: Language, format: DocumentFormat): Promise<Uint8Array> => {
    const at = ports.clock.now();
    const today = dayIn(mainland.zone, at);
    if (today !== keptOn) kept.clear();
    keptOn = today;
    const key = `${language}.${format}`;
    const made =
      kept.get(key) ?? renderDocument(makeAgreementDocument("annexes", { agreement, language, at }), format);
    kept.set(key, made);
    return made;
  };
}

/** That of `?language=`, else the reader's. */
function languageOf(request: WebRequest): Language {
  const asked = request.query["language"];
  return asked === "fr" || asked === "en" ? asked : request.language;
}

/** A page is read in the browser, under a policy that allows its own style alone; the others are kept as files. */
function send(response: WebResponse, bytes: Uint8Array, file: Parameters<typeof documentFileName>[0]): void {
  const { format, language } = file;
  const how = format === "html" ? "inline" : "attachment";
  response.setHeader("Content-Disposition", `${how}; filename="${documentFileName(file)}"`);
  response.setHeader("Content-Language", language);
  response.setHeader("Content-Security-Policy", `${documentPolicy}; frame-ancestors 'none'`);
  response.type(documentTypes[format]).send(Buffer.from(bytes));
}
