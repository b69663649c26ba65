/** What one controller sees: where it stands, what it wrote, and the releases with its data in them. @clause D13.3 */
import type { Language } from "@preau/kernel";
import { Button, Clause, Notice, sayMoment, usePage } from "@preau/web";
import type { Release } from "../ledger.ts";
import { type Objection, opposedSince } from "../objection.ts";
import { textsOf } from "../texts.ts";
import { ObjectionHistory } from "./objection-parts.tsx";
import { isLate, ReleaseTable } from "./release-parts.tsx";

export interface ControllerReleasesPageProps {
  readonly language: Language;
  readonly objections: readonly Objection[];
  readonly releases: readonly Release[];
  /** May this reader object? */
  readonly objects: boolean;
  /** Of the publisher’s own scope there is nobody to object. */
  readonly stands: boolean;
}

export function ControllerReleasesPage(props: ControllerReleasesPageProps) {
  const { language, objections, releases, stands } = props;
  const words = textsOf(language);
  return (
    <>
      <h1>
        {words.title} <Clause id="D13.1" />
      </h1>
      <p class="lead">{words.lead}</p>
      {stands && <Standing {...props} />}
      <ReleaseTable {...{ language, releases }} empty={words.releasesEmpty} />
      <ObjectionHistory {...{ language, objections }} />
    </>
  );
}

function Standing({ language, objections, releases, objects }: ControllerReleasesPageProps) {
  const words = textsOf(language);
  const page = usePage();
  const since = opposedSince(objections);
  const late = releases.some(isLate);
  return (
    <>
      <h2>
        {words.standingTitle} <Clause id="D13.3" />
      </h2>
      {since === undefined ? (
        <Notice kind="info" title={words.standsFree}>
          <p>{words.standsFreeMore}</p>
        </Notice>
      ) : (
        <Notice kind={late ? "warn" : "ok"} title={`${words.standsOpposed} ${sayMoment(since, page)}`}>
          <p>{late ? words.standsOpposedLate : words.standsOpposedMore}</p>
        </Notice>
      )}
      {objects &&
        (since === undefined ? (
          <p>
            <Button href="/releases/objection">{words.object}</Button>
          </p>
        ) : (
          <p>
            <Button kind="secondary" href="/releases/objection/withdrawal">
              {words.withdraw}
            </Button>
          </p>
        ))}
    </>
  );
}
