/** The certificate of a contract's end, to read and to keep. Another controller's does not exist for those of one. @clause D6.2c */
import { documentPolicy } from "@preau/documents";
import type { Who } from "@preau/kernel";
import type { ContractEndId } from "@preau/retention";
import { type WebRoute, webRoutes } from "@preau/web";
import { controllerIn, staff } from "./contract-access.ts";
import {
  certificateFile,
  certificateForms,
  certificateName,
  certificateTypes,
} from "./contract-end-files.ts";
import type { Hub } from "./hub.ts";

const certificateReaders = [
  ...staff,
  "controllerAdministrator",
  "controllerDpo",
  "auditor",
] as const satisfies Who;
/** A PDF costs some tenths of a second of a processor. */
const BRAKE = { attempts: 60, seconds: 60 } as const;

export function contractEndFileRoutes(hub: Hub): readonly WebRoute[] {
  return webRoutes(
    certificateForms.map(
      (form): WebRoute => ({
        method: "get",
        path: `/controllers/:controller/contract-end/:end/certificate.${form}`,
        who: certificateReaders,
        clause: "D6.2c",
        rateLimit: BRAKE,
        handler: async (request, response) => {
          const controller = controllerIn(request);
          const end = String(request.params["end"]) as ContractEndId;
          const asked = request.query["language"];
          const language = asked === "fr" || asked === "en" ? asked : request.language;
          const bytes = await certificateFile(hub, { controller, end }, { form, language });
          const how = form === "html" ? "inline" : "attachment";
          const name = certificateName(end, form, language);
          response.setHeader("Content-Disposition", `${how}; filename="${name}"`);
          response.setHeader("Content-Security-Policy", `${documentPolicy}; frame-ancestors 'none'`);
          response.type(certificateTypes[form]).send(Buffer.from(bytes));
        },
      }),
    ),
  );
}
