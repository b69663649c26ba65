/** The resources of the médiacentre: a name, an address, and the ARK under which a notice would describe it. */
import { fault } from "../errors.ts";

export interface Resource {
  readonly name: string;
  readonly url: string;
  /** `ark:/99999/plume-saml`: 99999 is the number for examples. */
  readonly ark: string;
}

const VARIABLE = "PREAU_SIM_GAR_RESOURCES";

/** The hub's three doors. */
export function hubResources(hubUrl: string): readonly Resource[] {
  return [
    resource("Plume (SAML)", `${hubUrl}/gar/saml/login`),
    resource("Plume (OpenID Connect)", `${hubUrl}/gar/oidc/login`),
    resource("Plume (CAS)", `${hubUrl}/gar/cas/login`),
  ];
}

/**
 * Resources from `NAME=URL`, separated by line breaks or commas.
 * @throws SIMULATOR_BAD_RESOURCE
 */
export function parseResources(text: string): readonly Resource[] {
  return text
    .split(/[\n,]+/)
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => {
      const [, name = "", url = ""] = /^([^=]+)=(.+)$/.exec(each) ?? [];
      if (!/^https?:/.test(url.trim()) || !URL.canParse(url.trim())) {
        throw fault("SIMULATOR_BAD_RESOURCE", { place: VARIABLE });
      }
      return resource(name.trim(), url.trim());
    });
}

function resource(name: string, url: string): Resource {
  const plain = name.normalize("NFKD").toLowerCase();
  const slug = (plain.match(/[a-z0-9]+/g) ?? ["ressource"]).join("-");
  return { name, url, ark: `ark:/99999/${slug}` };
}
