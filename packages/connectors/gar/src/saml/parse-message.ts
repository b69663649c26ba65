import { refuse } from "../refusal.ts";
import { parseStrictXml, type XmlCaps, type XmlElement } from "../xml/parse-strict-xml.ts";

/** The root of a message. @throws GAR_SIGN_IN_REFUSED for what the strict reader refuses */
export function parse(text: string, caps: XmlCaps): XmlElement {
  try {
    return parseStrictXml(text, caps);
  } catch (cause) {
    return refuse("notXml", cause);
  }
}
