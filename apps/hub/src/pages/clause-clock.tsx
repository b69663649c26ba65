/** The clock of a clause: from which event each period runs, how it rounds, and an example counted on a real calendar. */
import type { Agreement } from "@preau/agreement";
import { type LocalDate, mainland, type Place, sayDay } from "@preau/calendar";
import type { Language } from "@preau/kernel";
import { Button, Definition, Field, Form, sayMoment, usePage } from "@preau/web";
import { agreementTextsOf, regionWords, sayPeriod, startWords } from "../agreement-texts.ts";
import type { ClockExample } from "../clause-clock.ts";
import { startsOf } from "../clause-rules.ts";
import { sayParty } from "./agreement-rules.tsx";
import { clausePath } from "./clause-link.tsx";

type Period = Agreement["periods"][number];

export interface ClauseClockProps {
  readonly agreement: Agreement;
  readonly clause: string;
  readonly periods: readonly Period[];
  readonly place: Place;
  readonly from: LocalDate;
  /** One a period, in their order. */
  readonly examples: readonly (ClockExample | undefined)[];
}

export function ClauseClock({ agreement, clause, periods, place, from, examples }: ClauseClockProps) {
  const words = agreementTextsOf(usePage().language);
  return (
    <>
      <h2 id="clock">{words.clockTitle}</h2>
      <div class="cards">
        {periods.map((period, index) => (
          <ClockOf key={period.id} {...{ agreement, period, place }} example={examples[index]} />
        ))}
      </div>
      <Form action={`${clausePath(clause)}#clock`} method="get" class="filters">
        <Field name="from" label={words.exampleDate} type="date" value={from} />
        <Button kind="secondary">{words.compute}</Button>
      </Form>
    </>
  );
}

interface ClockOfProps extends Pick<ClauseClockProps, "agreement" | "place"> {
  readonly period: Period;
  readonly example: ClockExample | undefined;
}

function ClockOf({ agreement, period, place, example }: ClockOfProps) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const starts = startsOf(agreement, period).map((start) => startWords[start][language]);
  const colon = language === "fr" ? "\u00a0: " : ": ";
  return (
    <section class="card">
      <h3>
        {sayPeriod(period.duration, language)}, {sayParty(period, language)}
      </h3>
      <p>
        {starts.length === 0 ? (
          <strong>{words.startUnknown} (UNKNOWN).</strong>
        ) : (
          `${words.startsAt} ${starts.join(language === "fr" ? " ou " : " or ")}.`
        )}{" "}
        {words.rounding}
        {colon}
        {sayRounding(period, language)}.
      </p>
      {example === undefined ? (
        <p class="error">{words.exampleBad}</p>
      ) : (
        <Example {...{ period, example, place }} />
      )}
    </section>
  );
}

interface ExampleProps {
  readonly period: Period;
  readonly example: ClockExample;
  readonly place: Place;
}

function Example({ period, example, place }: ExampleProps) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const telling = { language, zone: place.zone };
  const { start, deadline, holidays } = example;
  const where = `${regionWords[place.region][language]}${place.zone === mainland.zone ? "" : ` (${place.zone})`}`;
  // A right counted in days lasts to the end of its last day; the rest ends at a moment.
  const lastsAllDay = period.right !== undefined && period.duration.unit !== "hours";
  return (
    <>
      <Definition
        entries={[
          [words.exampleFrom, <time datetime={start}>{sayMoment(start, telling)}</time>],
          lastsAllDay
            ? [words.lastDay, <time datetime={deadline.lastDay}>{sayDay(deadline.lastDay, language)}</time>]
            : [words.lastMoment, <time datetime={deadline.dueAt}>{sayMoment(deadline.dueAt, telling)}</time>],
          ...(lastsAllDay
            ? [
                [
                  words.opens,
                  <time datetime={deadline.opensAt}>{sayMoment(deadline.opensAt, telling)}</time>,
                ] as const,
              ]
            : []),
        ]}
      />
      <p class="hint">
        {words.exampleTitle}, {where}.
        {holidays.map(
          ({ day, names }) =>
            ` ${sayDay(day, language)}${language === "fr" ? "\u00a0" : ""}: ${names.map((each) => each[language]).join(", ")}.`,
        )}
        {deadline.notes.includes("GOOD_FRIDAY_UNKNOWN") && ` ${words.goodFriday}.`}
      </p>
    </>
  );
}

function sayRounding({ duration, right }: Period, language: Language): string {
  const words = agreementTextsOf(language);
  if (duration.unit === "hours") return words.roundsHours;
  return right === undefined ? words.roundsDown : words.roundsUp;
}
