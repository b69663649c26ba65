/** What ends in the months to come, as bars and as a table: the same figures, one for the eye and one for everybody. */
import type { Language } from "@preau/kernel";
import { sayNumber, Table } from "@preau/web";
import type { ForecastMonth, RuleInForce } from "../retention-view.ts";
import { purgesTextsOf, sayBy, sayRuleInForce } from "../say-rule.ts";

const [WIDTH, HEIGHT, BASE, TOP] = [940, 220, 180, 22] as const;

export interface ForecastChartProps {
  readonly language: Language;
  readonly months: readonly ForecastMonth[];
  readonly rules: readonly RuleInForce[];
}

export function ForecastChart({ language, months, rules }: ForecastChartProps) {
  const words = purgesTextsOf(language);
  const number = (value: number) => sayNumber(value, language);
  const shown = months.filter(({ month, persons }) => month !== "late" || persons > 0);
  const total = months.reduce((sum, { persons }) => sum + persons, 0);
  if (total === 0) return <p class="soft">{words.chartEmpty}</p>;
  const most = Math.max(...shown.map(({ persons }) => persons));
  const step = WIDTH / shown.length;
  const heightOf = (persons: number) => Math.max(persons === 0 ? 0 : 3, ((BASE - TOP) * persons) / most);
  const summary = `${words.chartTitle}. ${words.chartSummary(number(total), number(shown.length))}`;
  return (
    <>
      <div class="scroll" role="region" aria-label={words.chart} tabindex={0}>
        <svg
          viewBox={`-16 0 ${WIDTH + 32} ${HEIGHT}`}
          width={WIDTH + 32}
          height={HEIGHT}
          role="img"
          aria-label={summary}
          font-size="13"
          fill="currentColor"
        >
          <line
            x1="0"
            x2={WIDTH}
            y1={BASE + 0.5}
            y2={BASE + 0.5}
            stroke="currentColor"
            stroke-opacity="0.35"
          />
          {shown.map(({ month, persons }, n) => {
            const height = heightOf(persons);
            const middle = step * (n + 0.5);
            return (
              <g key={month}>
                <rect
                  x={(step * n + step * 0.16).toFixed(1)}
                  y={(BASE - height).toFixed(1)}
                  width={(step * 0.68).toFixed(1)}
                  height={height.toFixed(1)}
                  rx="2"
                  fill={month === "late" ? "var(--danger)" : "var(--accent)"}
                />
                {persons > 0 && (
                  <text x={middle.toFixed(1)} y={(BASE - height - 5).toFixed(1)} text-anchor="middle">
                    {compact(persons, language)}
                  </text>
                )}
                {(month === "late" || (n % 3 === 0 && n > 0) || (n === 0 && shown[0]?.month === month)) && (
                  <text
                    x={(month === "late" ? step * n : middle).toFixed(1)}
                    y={BASE + 20}
                    text-anchor={month === "late" ? "start" : "middle"}
                    fill="var(--soft)"
                  >
                    {shortMonth(month, language, words.late)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <Table
        caption={words.chartTitle}
        columns={[
          { title: words.month, cell: (row) => longMonth(row.month, language, words.late) },
          { title: words.persons, numeric: true, cell: (row) => number(row.persons) },
          {
            title: words.decidedBy,
            cell: (row) => (
              <ul class="plain">
                {row.parts.map((part) => (
                  <li key={`${part.rule} ${part.by}`}>
                    {row.parts.length > 1 && `${number(part.persons)} · `}
                    {sayRuleInForce(rules, part.rule, language, part.by)}{" "}
                    <span class="soft">({sayBy(part.by, words)})</span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        rows={shown.filter(({ persons }) => persons > 0)}
      />
    </>
  );
}

function monthDate(month: string): Date {
  return new Date(`${month}-15T12:00:00.000Z`);
}

function shortMonth(month: string, language: Language, late: string): string {
  if (month === "late") return late;
  return new Intl.DateTimeFormat(language, { month: "short", year: "2-digit", timeZone: "UTC" }).format(
    monthDate(month),
  );
}

function longMonth(month: string, language: Language, late: string): string {
  if (month === "late") return late;
  return new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    monthDate(month),
  );
}

/** A column is narrow: 12 500 stands as 12,5 k there, in full in the table. */
function compact(persons: number, language: Language): string {
  if (persons < 10_000) return sayNumber(persons, language);
  return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(persons);
}
