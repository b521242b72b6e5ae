// Enrolment rules in their order, the default after them. What is changed stays here until it is saved, with what it would do beside it.
import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { EnrolmentRules, PreviewedRules } from '../../../src/contract/enrolment-rule.ts';
import type { Sequence } from '../../../src/contract/sequence.ts';
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { useUntold } from '../../parts/operation.tsx';
import { Passages } from '../../parts/passages.tsx';
import { at, useChange } from '../../queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Loaded, Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { Compared } from './effect.tsx';
import { RuleForm } from './rule-form.tsx';
import './rules.css';
import { bodyOfRules, type DraftRule, draftOfRules, movedBy, type RulesDraft, useRuleInWords } from './rules-draft.ts';
import { useRulesWords } from './rules-words.ts';

const daysAhead = 60;

interface RulesProps {
  saved: EnrolmentRules;
  sequences: readonly Sequence[];
}

export function Rules({ saved, sequences }: RulesProps) {
  const { company, mayManage } = useInside();
  const words = useRulesWords();
  // null: as they are saved, whatever others save meanwhile.
  const [changed, setChanged] = useState<{ draft: RulesDraft; version: string } | null>(null);
  const [editing, setEditing] = useState<DraftRule | 'new' | null>(null);
  const draft = changed?.draft ?? draftOfRules(saved);
  const isChanged = changed !== null && JSON.stringify(draft) !== JSON.stringify(draftOfRules(saved));
  const { preview, isCurrent } = useRulesPreview(company.id, draft, isChanged);
  useUnsaved(isChanged, words.unsaved);
  const change = (fields: Partial<RulesDraft>) =>
    setChanged((before) => ({
      draft: { ...(before?.draft ?? draft), ...fields },
      version: before?.version ?? saved.version,
    }));
  const put = (given: DraftRule, known: DraftRule | 'new') => {
    change({
      rules:
        known === 'new' ? [...draft.rules, given] : draft.rules.map((rule) => (rule.key === known.key ? given : rule)),
    });
    setEditing(null);
  };
  const held = (place: number): number | undefined =>
    isChanged ? (isCurrent ? preview.data?.held[place] : undefined) : saved.rules[place]?.customers;
  return (
    <Section
      title={words.title}
      hint={words.hint}
      actions={
        mayManage ? (
          <Button variant="default" size="xs" onClick={() => setEditing('new')}>
            {words.add}
          </Button>
        ) : null
      }
    >
      {draft.rules.length === 0 ? <Text mb="xs">{words.none}</Text> : null}
      <ol className="rules">
        {draft.rules.map((rule, place) => (
          <OneRule
            key={rule.key}
            rule={rule}
            place={place}
            isLast={place === draft.rules.length - 1}
            customers={held(place)}
            leftOut={isChanged ? 0 : (saved.rules[place]?.leftOut ?? 0)}
            sequences={sequences}
            onMove={(by) => change({ rules: movedBy(draft.rules, place, by) })}
            onEdit={() => setEditing(rule)}
            onRemove={() => change({ rules: draft.rules.filter((one) => one.key !== rule.key) })}
          />
        ))}
        <li className="rule">
          <span className="rule-place" aria-hidden />
          <div className="rule-what">
            <strong>{draft.rules.length === 0 ? words.everyone : words.all}</strong>
          </div>
          <div className="rule-then">
            <NativeSelect
              aria-label={words.defaultLabel}
              size="xs"
              value={draft.defaultSequenceId ?? ''}
              disabled={!mayManage}
              onChange={(event) => change({ defaultSequenceId: event.currentTarget.value || null })}
              data={[
                ...sequences.map(({ id, title }) => ({ value: id, label: title })),
                { value: '', label: words.noReminders },
              ]}
            />
            <span className="quiet figures">
              {isChanged && !isCurrent
                ? '…'
                : words.customers(isChanged ? (preview.data?.byDefault ?? 0) : saved.byDefault)}
            </span>
          </div>
        </li>
      </ol>
      {saved.chosen + saved.none === 0 ? null : (
        <Text size="sm" c="dimmed">
          {words.byHand(saved.chosen, saved.none)}
        </Text>
      )}
      {isChanged ? (
        <RulesEffect preview={preview} isCurrent={isCurrent} sequences={sequences}>
          <SaveRules
            draft={draft}
            version={changed.version}
            isSeen={isCurrent || preview.isError}
            onDone={() => setChanged(null)}
          />
        </RulesEffect>
      ) : null}
      <Dialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size="xl"
        title={editing === null || editing === 'new' ? words.addTitle : words.editOne(editing.name)}
      >
        {editing === null ? null : (
          <RuleForm
            rule={editing === 'new' ? null : editing}
            sequences={sequences}
            values={saved.values}
            onSubmit={(given) =>
              put({ ...given, key: editing === 'new' ? `new-${crypto.randomUUID()}` : editing.key }, editing)
            }
            onClose={() => setEditing(null)}
          />
        )}
      </Dialog>
    </Section>
  );
}

interface OneRuleProps {
  rule: DraftRule;
  place: number;
  isLast: boolean;
  /** undefined: being counted. */
  customers: number | undefined;
  leftOut: number;
  sequences: readonly Sequence[];
  onMove: (by: -1 | 1) => void;
  onEdit: () => void;
  onRemove: () => void;
}

function OneRule({ rule, place, isLast, customers, leftOut, sequences, onMove, onEdit, onRemove }: OneRuleProps) {
  const { mayManage } = useInside();
  const words = useRulesWords();
  const { conditions, leftOut: types } = useRuleInWords()(rule);
  const follows = sequences.find((one) => one.id === rule.sequenceId);
  const count = customers === undefined ? '…' : words.customers(customers);
  return (
    <li className="rule">
      <span className="rule-place figures">{place + 1}</span>
      <div className="rule-what">
        <strong>{rule.name}</strong>
        {conditions === rule.name ? null : <div className="quiet">{conditions}</div>}
      </div>
      <div className="rule-then">
        <span>
          {rule.sequenceId === null ? words.noReminders : (follows?.title ?? '')}
          {types === '' ? null : `, ${words.without(types)}`}
        </span>
        <span className="quiet figures">
          {rule.id === undefined ? (
            count
          ) : (
            <Link to="/customers" search={{ rule: rule.id }}>
              {count}
            </Link>
          )}
          {leftOut === 0 ? null : ` · ${words.leftOut(leftOut)}`}
        </span>
      </div>
      {mayManage ? (
        <Group gap={4} className="rule-actions" wrap="nowrap">
          <ActionIcon
            variant="default"
            size={30}
            aria-label={words.up(rule.name)}
            disabled={place === 0}
            onClick={() => onMove(-1)}
          >
            ↑
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={words.down(rule.name)}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            ↓
          </ActionIcon>
          <Button size="xs" variant="default" aria-label={words.editOne(rule.name)} onClick={onEdit}>
            {words.edit}
          </Button>
          <Button size="xs" variant="default" aria-label={words.removeOne(rule.name)} onClick={onRemove}>
            {words.remove}
          </Button>
        </Group>
      ) : null}
    </li>
  );
}

function useRulesPreview(companyId: string, draft: RulesDraft, enabled: boolean) {
  // As text: the same rules are the same question.
  const body = JSON.stringify({ ...bodyOfRules(draft), days: daysAhead });
  const [settled] = useDebouncedValue(body, 300);
  const preview = useQuery({
    queryKey: ['company', companyId, 'rules-preview', settled],
    queryFn: ({ signal }) =>
      call<PreviewedRules>('POST', at(companyId, '/enrolment-rules/preview'), JSON.parse(settled), signal),
    enabled,
    placeholderData: keepPreviousData,
  });
  // What is shown is of these rules, and not of those before the last change.
  const isCurrent = settled === body && preview.data !== undefined && !preview.isPlaceholderData;
  return { preview, isCurrent };
}

interface RulesEffectProps {
  preview: ReturnType<typeof useRulesPreview>['preview'];
  isCurrent: boolean;
  sequences: readonly Sequence[];
  /** What can be done with them. */
  children: ReactNode;
}

function RulesEffect({ preview, isCurrent, sequences, children }: RulesEffectProps) {
  const words = useRulesWords();
  return (
    <div className="rules-effect">
      <Stack gap="sm">
        <div>
          <Text fw={650}>{words.effect(daysAhead)}</Text>
          <Text size="sm" c="dimmed">
            {isCurrent || preview.isError ? words.effectHint : words.counting}
          </Text>
        </div>
        <Loaded query={preview} data={preview.data} what={words.effect(daysAhead)}>
          {({ passages, effect }) => (
            <Stack gap="sm" role="status" aria-busy={!isCurrent} style={{ opacity: isCurrent ? 1 : 0.5 }}>
              <Passages passages={passages} sequences={sequences} />
              {effect.receivables === 0 ? null : (
                <>
                  <Text>
                    <strong>{words.leaving(effect.messages, effect.tasks, effect.toApprove)}</strong>
                  </Text>
                  <Compared effect={effect} />
                </>
              )}
            </Stack>
          )}
        </Loaded>
        {children}
      </Stack>
    </div>
  );
}

interface SaveRulesProps {
  draft: RulesDraft;
  version: string;
  /** What they would do is on the screen. */
  isSeen: boolean;
  /** Saved, or given up. */
  onDone: () => void;
}

function SaveRules({ draft, version, isSeen, onDone }: SaveRulesProps) {
  const { company } = useInside();
  const words = useRulesWords();
  const tell = useTell();
  const [, setUntold] = useUntold();
  const save = useChange(company.id, () =>
    call<{ moved: number; operationId: string | null }>('PUT', at(company.id, '/enrolment-rules'), {
      ...bodyOfRules(draft),
      version,
    }),
  );
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: ({ moved, operationId }) => {
        tell.done(words.saved(moved));
        // Its progress, and its end, are told in the corner of whatever screen is open.
        if (operationId !== null) setUntold(operationId);
        onDone();
      },
    });
  return (
    <>
      {save.isError ? <Failure error={save.error} /> : null}
      <Group>
        <Button onClick={submit} loading={save.isPending} disabled={!isSeen}>
          {words.save}
        </Button>
        <Button variant="default" onClick={onDone}>
          {words.discard}
        </Button>
      </Group>
    </>
  );
}
