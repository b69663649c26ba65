/** Rules, decisions and states as people say them. */
import { type Duration, type LocalDate, sayDay, sayDuration } from "@preau/calendar";
import type { Language } from "@preau/kernel";
import type { AccountRule } from "./account-rule.ts";
import type { DecidedBy, Decision, LostWhy } from "./effective-rule.ts";
import { purgesEn } from "./locales/purges-en.ts";
import { type PurgesTexts, purgesFr } from "./locales/purges-fr.ts";
import type { DropWhy, Purge } from "./purge.ts";
import type { RuleInForce } from "./retention-view.ts";

const texts: Readonly<Record<Language, PurgesTexts>> = { fr: purgesFr, en: purgesEn };

export function purgesTextsOf(language: Language): PurgesTexts {
  return texts[language];
}

export function sayAnchor(anchor: AccountRule["anchor"], words: PurgesTexts): string {
  switch (anchor) {
    case "accountDeleted":
      return words.anchorAccountDeleted;
    case "contractEnded":
      return words.anchorContractEnded;
    case "lastActivity":
      return words.anchorLastActivity;
    case "schoolYearEnded":
      return words.anchorSchoolYearEnded;
    default:
      return words.anchorOther;
  }
}

/** « 2 ans après la dernière activité ». */
export function sayRule(
  rule: Pick<AccountRule, "anchor" | "after">,
  language: Language,
  period: Duration = rule.after,
): string {
  const words = purgesTextsOf(language);
  return words.after(sayDuration(period, language), sayAnchor(rule.anchor, words));
}

/** The rule of that id, as it is in force; its id where the agreement has it no more. */
export function sayRuleId(rules: readonly AccountRule[], id: string, language: Language): string {
  const rule = rules.find((each) => each.id === id);
  return rule === undefined ? id : sayRule(rule, language);
}

/** The same as it runs here: with the controller's own period, where there is one and the agreement's did not decide. */
export function sayRuleInForce(
  rules: readonly RuleInForce[],
  id: string,
  language: Language,
  by: DecidedBy = "ownPeriod",
): string {
  const ofRule = rules.filter(({ rule }) => rule.id === id);
  const own = by === "ownPeriod" ? ofRule.find((each) => each.own !== undefined) : undefined;
  const [first] = ofRule;
  if (own?.own !== undefined) return sayRule(own.rule, language, own.own.duration);
  return first === undefined ? id : sayRule(first.rule, language);
}

export function sayBy(by: DecidedBy, words: PurgesTexts): string {
  const said: Readonly<Record<DecidedBy, string>> = {
    ceiling: words.byCeiling,
    ownPeriod: words.byOwnPeriod,
    agreement: words.byAgreement,
    hold: words.byHold,
    lawfulHold: words.byLawfulHold,
  };
  return said[by];
}

export function sayLost(why: LostWhy, words: PurgesTexts): string {
  const said: Readonly<Record<LostWhy, string>> = {
    otherRole: words.lostOtherRole,
    roleUnknown: words.lostRoleUnknown,
    otherOrigin: words.lostOtherOrigin,
    originUnknown: words.lostOriginUnknown,
    otherProduct: words.lostOtherProduct,
    productUnknown: words.lostProductUnknown,
    partOfAccount: words.lostPartOfAccount,
    notHappened: words.lostNotHappened,
    later: words.lostLater,
    ownPeriodSet: words.lostOwnPeriodSet,
    ownPeriodTooLong: words.lostOwnPeriodTooLong,
    holdPastCeiling: words.lostHoldPastCeiling,
    holdOver: words.lostHoldOver,
  };
  return said[why];
}

export function sayDrop(why: DropWhy, words: PurgesTexts): string {
  const said: Readonly<Record<DropWhy, string>> = {
    gone: words.whyGone,
    forgotten: words.whyForgotten,
    notDue: words.whyNotDue,
    otherRule: words.whyOtherRule,
    noRule: words.whyNoRule,
    held: words.whyHeld,
    cancelled: words.whyCancelled,
  };
  return said[why];
}

/** What decided, and from when: « plafond de l’accord : 2 ans après la dernière activité, depuis le lundi… ». */
export function sayDecision(
  decision: Decision,
  language: Language,
  dayOf: (when: NonNullable<Decision["anchoredAt"]>) => LocalDate,
): string {
  const words = purgesTextsOf(language);
  const { rule, period, anchoredAt, by, hold } = decision;
  const colon = language === "fr" ? "\u00a0: " : ": ";
  const parts: string[] = [];
  if (by !== undefined) parts.push(`${sayBy(by, words)}${hold === undefined ? "" : `${colon}${hold.basis}`}`);
  if (rule !== undefined) {
    const since = anchoredAt === undefined ? "" : `, ${words.since(sayDay(dayOf(anchoredAt), language))}`;
    parts.push(`${sayRule(rule, language, period)}${since}`);
  }
  return parts.join(" · ");
}

export function sayState({ state, needs }: Pick<Purge, "state" | "needs">, words: PurgesTexts): string {
  switch (state) {
    case "proposed":
      if (needs === "controller") return words.stateNeedsController;
      return needs === "human" ? words.stateNeedsHuman : words.stateProposed;
    case "approved":
      return words.stateApproved;
    case "ordered":
      return words.stateOrdered;
    case "closed":
      return words.stateClosed;
    case "cancelled":
      return words.stateCancelled;
    case "empty":
      return words.stateEmpty;
  }
}
