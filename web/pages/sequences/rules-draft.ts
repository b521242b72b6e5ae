// Enrolment rules while somebody changes them: kept in the page until they are saved.
import type { EnrolmentRule, EnrolmentRules, RuleInput } from '../../../src/contract/enrolment-rule.ts';
import { useInside } from '../../inside.tsx';
import { useFormat } from '../../ui/format.ts';
import { useLanguage } from '../../words/words.tsx';
import { useRulesWords } from './rules-words.ts';

export interface DraftRule extends RuleInput {
  /** Tells it apart until it has an identifier. */
  key: string;
}

export interface RulesDraft {
  rules: DraftRule[];
  defaultSequenceId: string | null;
}

export const draftOfRules = ({ rules, defaultSequenceId }: EnrolmentRules): RulesDraft => ({
  rules: rules.map(({ customers: _customers, leftOut: _leftOut, ...rule }: EnrolmentRule) => ({
    ...rule,
    key: rule.id,
  })),
  defaultSequenceId,
});

/** As it is sent. */
export const bodyOfRules = ({ rules, defaultSequenceId }: RulesDraft) => ({
  rules: rules.map(({ key: _, ...rule }) => rule),
  defaultSequenceId,
});

/** One place up (-1) or down (1). */
export function movedBy(rules: readonly DraftRule[], place: number, by: -1 | 1): DraftRule[] {
  const moved = [...rules];
  const [rule] = moved.splice(place, 1);
  moved.splice(place + by, 0, rule!);
  return moved;
}

/** Its conditions ('Organisme public · Allemagne'), and the types that it leaves out ('abonnement'; '': none). */
export function useRuleInWords(): (rule: Omit<RuleInput, 'name'>) => { conditions: string; leftOut: string } {
  const { company } = useInside();
  const words = useRulesWords();
  const language = useLanguage();
  const format = useFormat(company.today);
  const names = (type: 'language' | 'region', codes: readonly string[]): string => {
    const known = new Intl.DisplayNames(language, { type });
    return codes.map((code) => known.of(code) ?? code).join(words.said.or);
  };
  return (rule) => {
    const { said } = words;
    const conditions = [
      rule.categories.join(said.or),
      rule.kinds.map((kind) => words.kindNames[kind]).join(said.or),
      names('language', rule.languages),
      names('region', rule.countries),
      rule.openFromMinor === null ? '' : said.from(format.amount(rule.openFromMinor, company.currency)),
      rule.keyAccount === null ? '' : rule.keyAccount ? said.key : said.notKey,
    ].filter((part) => part !== '');
    return {
      conditions: conditions.length === 0 ? words.everyone : conditions.join(' · '),
      leftOut: rule.excludedTypes.map((type) => words.types[type].toLowerCase()).join(', '),
    };
  };
}
