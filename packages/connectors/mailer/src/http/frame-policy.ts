/** How a message's HTML is shown on a page of ours: in a frame that runs nothing, and that no other site may frame. */
import type { WebHandler } from "@preau/web";

/** What a message in a frame may do: show itself, and open its links in a page of their own. */
const FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Of the page around it. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Sends a message's HTML as the content of such a frame. */
export function framed(response: Parameters<WebHandler>[1], html: string): void {
  response.setHeader("Content-Security-Policy", FRAME_POLICY);
  response.setHeader("X-Frame-Options", "SAMEORIGIN");
  response.type("html").send(html.replace("<head>", '<head><base target="_blank">'));
}
