/** Certificates of destruction: to issue, to read, to keep. Another controller's does not exist for those of one. @clause D12.2 */
import { documentPolicy } from "@preau/documents";
import { type ActorRole, addMillis, type ControllerId, isFault, type PreauError } from "@preau/kernel";
import {
  actsAs,
  controllerScope,
  namedController,
  sendPage,
  type WebHandler,
  type WebRequest,
  type WebRoute,
  webRoutes,
} from "@preau/web";
import type { AccountPorts } from "../accounts/account-ports.ts";
import {
  type CertificateForm,
  certificateFile,
  certificateForms,
  certificateName,
  certificateTypes,
} from "../accounts/certificate-files.ts";
import { certifyDestructions } from "../accounts/destruction-certificate.ts";
import { schoolYearAt, schoolYearRule } from "../accounts/school-year.ts";
import { accountTextsOf } from "../accounts/texts.ts";
import { fault } from "../errors.ts";
import { CertificatesPage } from "../pages/certificates-page.tsx";
import { certificatesOf, readCertificate } from "../store/certificate-rows.ts";
import { relinkStaff } from "./account-routes.tsx";

export const certificateReaders = [...relinkStaff, "auditor"] as const satisfies readonly ActorRole[];
/** A PDF costs some tenths of a second of a processor. */
const BRAKE = { attempts: 60, seconds: 60 } as const;
const CLAUSE = "D12.2";

type Response = Parameters<WebHandler>[1];

export function certificateRoutes(ports: AccountPorts): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);

  const send = async (request: WebRequest, response: Response, refused?: PreauError) => {
    const { language } = request;
    const controller = controllerOf(request);
    if (refused !== undefined) response.status(refused.status);
    const page = (
      <CertificatesPage
        {...{ language, controller, refused }}
        certificates={
          controller === undefined ? [] : await inUnit((unit) => certificatesOf(unit, controller))
        }
        year={controller === undefined ? "" : await lastYear(controller)}
        issues={actsAs(request, relinkStaff)}
        approves={actsAs(request, relinkStaff)}
        several={scopeOf(request) === "all"}
      />
    );
    sendPage(request, response, page, { title: accountTextsOf(language).certificates.title });
  };

  /** The last school year that has ended. */
  const lastYear = (controller: ControllerId): Promise<string> =>
    inUnit(async (unit) => {
      const rule = await schoolYearRule(unit, ports, controller);
      return schoolYearAt(addMillis(schoolYearAt(ports.clock.now(), rule).begins, -1), rule).name;
    });

  const issue: WebHandler = async (request, response) => {
    const controller = controllerOf(request);
    if (controller === undefined) return send(request, response);
    try {
      await certifyDestructions(ports, { controller, year: request.form.get("year") ?? "" });
    } catch (error) {
      if (!isFault(error, "GAR_BAD_SCHOOL_YEAR")) throw error;
      return send(request, response, error);
    }
    const query = scopeOf(request) === "all" ? `?controller=${encodeURIComponent(controller)}` : "";
    response.redirect(303, `/gar/certificates${query}`);
  };

  const download =
    (form: CertificateForm): WebHandler =>
    async (request, response) => {
      const controller = controllerOf(request);
      const id = String(request.params["id"]);
      const row = controller && (await inUnit((unit) => readCertificate(unit, controller, id)));
      if (row === undefined) throw fault("GAR_NO_CERTIFICATE", { clause: CLAUSE });
      const asked = request.query["language"];
      const language = asked === "fr" || asked === "en" ? asked : request.language;
      const bytes = await certificateFile(ports, row, { form, language });
      const how = form === "html" ? "inline" : "attachment";
      response.setHeader("Content-Disposition", `${how}; filename="${certificateName(row, form, language)}"`);
      response.setHeader("Content-Security-Policy", `${documentPolicy}; frame-ancestors 'none'`);
      response.type(certificateTypes[form]).send(Buffer.from(bytes));
    };

  return webRoutes([
    {
      method: "get",
      path: "/gar/certificates",
      handler: (request, response) => send(request, response),
      who: certificateReaders,
      clause: CLAUSE,
    },
    {
      method: "post",
      path: "/gar/certificates",
      handler: issue,
      who: relinkStaff,
      clause: CLAUSE,
      rateLimit: BRAKE,
    },
    ...certificateForms.map(
      (form): WebRoute => ({
        method: "get",
        path: `/gar/certificates/:id/certificate.${form}`,
        handler: download(form),
        who: certificateReaders,
        clause: CLAUSE,
        rateLimit: BRAKE,
      }),
    ),
  ]);
}

function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("GAR_NO_CERTIFICATE");
  return controllerScope(session, ["publisherDpo"]);
}

/** The controller that is shown: the own one, or the one that was named; undefined while nobody named one. */
function controllerOf(request: WebRequest): ControllerId | undefined {
  return namedController(request, scopeOf(request));
}
