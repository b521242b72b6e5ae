// One step of a draft: when, what, to whom, from which amount on, and whether a person reads it first.
import {
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { Simulated, Step } from '../../../src/contract/sequence.ts';
import { useInside } from '../../inside.tsx';
import type { NamedTemplate } from '../../parts/templates.ts';
import { parseAmount, typedAmount } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { useLanguage } from '../../words/words.tsx';
import { ChannelFields } from './channel-fields.tsx';
import type { DraftStep } from './draft.ts';
import { EditTemplateDialog } from './edit-template-dialog.tsx';
import { useEditorWords } from './editor-words.ts';
import { useSequencesWords } from './words.ts';

type Role = Step['rolesTo'][number];

interface StepFormProps {
  step: DraftStep;
  said: Pick<Simulated, 'problems' | 'warnings'>;
  templates: readonly NamedTemplate[];
  onChange: (change: Partial<DraftStep>) => void;
  onCopy: () => void;
  onRemove: () => void;
}

export function StepForm({ step, said, templates, onChange, onCopy, onRemove }: StepFormProps) {
  const { company } = useInside();
  const words = useEditorWords();
  const { roles, editTemplate } = useSequencesWords();
  const [editing, setEditing] = useState(false);
  const isKnown = templates.some((one) => one.key === step.templateKey);
  const roleChoices = (Object.keys(roles) as Role[]).map((role) => ({ value: role, label: roles[role] }));
  const isBefore = step.offsetDays < 0;
  const isTask = isOnlyTask(step);
  return (
    <Section title={words.stepTitle(step.name)}>
      <Stack gap="sm" className="step-form">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={words.stepName}
            value={step.name}
            maxLength={200}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <NumberInput
              label={words.when}
              className="days-field"
              value={Math.abs(step.offsetDays)}
              min={0}
              max={isBefore ? 365 : 3650}
              clampBehavior="strict"
              allowDecimal={false}
              allowNegative={false}
              onChange={(days) => typeof days === 'number' && onChange({ offsetDays: isBefore ? -days : days })}
            />
            <NativeSelect
              aria-label={words.sideLabel}
              value={isBefore ? 'before' : 'after'}
              data={[
                { value: 'before', label: words.before },
                { value: 'after', label: words.after },
              ]}
              onChange={(event) => {
                const days = Math.abs(step.offsetDays);
                onChange({ offsetDays: event.currentTarget.value === 'before' ? -Math.max(days, 1) : days });
              }}
            />
          </Group>
          <ChannelFields step={step} onChange={onChange} />
          <div>
            <NativeSelect
              label={words.template}
              description={isTask ? words.templateByHand : words.templateHint}
              value={step.templateKey}
              data={[
                ...templates.map(({ key, name }) => ({ value: key, label: name })),
                ...(isKnown ? [] : [{ value: step.templateKey, label: step.templateKey }]),
              ]}
              onChange={(event) => onChange({ templateKey: event.currentTarget.value })}
            />
            {isKnown ? (
              <button type="button" className="link edit-template" onClick={() => setEditing(true)}>
                {editTemplate}
              </button>
            ) : null}
          </div>
          <Bound
            step={step}
            field="minimums"
            label={words.minimum(company.currency)}
            description={words.minimumHint}
            onChange={onChange}
          />
          <MultiSelect
            label={words.to}
            description={isTask ? words.toCallHint : words.toHint}
            data={roleChoices}
            value={step.rolesTo}
            onChange={(rolesTo) => rolesTo.length > 0 && onChange({ rolesTo: rolesTo as Role[] })}
          />
          {isTask ? null : (
            <MultiSelect
              label={words.cc}
              description={step.rolesCc.length === 0 ? words.noCc : '\u00a0'}
              data={roleChoices.filter(({ value }) => !step.rolesTo.includes(value))}
              value={step.rolesCc}
              onChange={(rolesCc) => onChange({ rolesCc: rolesCc as Role[] })}
            />
          )}
          <BeforeItLeaves step={step} onChange={onChange} />
        </SimpleGrid>
        <Group gap="lg">
          {isTask ? null : (
            <Switch
              label={words.approval}
              checked={step.requiresApproval}
              onChange={(event) => onChange({ requiresApproval: event.currentTarget.checked })}
            />
          )}
          <Switch
            label={words.formalNotice}
            checked={step.formalNotice}
            onChange={(event) => {
              const formalNotice = event.currentTarget.checked;
              // A formal notice is read by a person, and has words of its own, unless somebody says otherwise afterwards.
              const templateKey = templates.some((one) => one.key === 'formal-notice')
                ? 'formal-notice'
                : step.templateKey;
              onChange({
                formalNotice,
                ...(formalNotice ? { requiresApproval: true, templateKey, channels: ['email'] } : {}),
              });
            }}
          />
          <Switch
            label={words.attach}
            checked={step.attachInvoice}
            onChange={(event) => onChange({ attachInvoice: event.currentTarget.checked })}
          />
        </Group>
        {said.problems.map(({ code, text }) => (
          <Text key={code} size="sm" className="wrong">
            {text}
          </Text>
        ))}
        {said.warnings.map(({ code, text }) => (
          <Text key={code} size="sm" c="dimmed">
            {text}
          </Text>
        ))}
        <EditTemplateDialog
          templateKey={editing ? step.templateKey : null}
          level={step.level}
          onClose={() => setEditing(false)}
        />
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={onCopy}>
            {words.copyStep}
          </Button>
          <Button variant="default" size="xs" onClick={onRemove}>
            {words.removeStep}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

/** Who does it decides: nothing of it is approved, or leaves by itself. */
const isOnlyTask = ({ channels }: DraftStep): boolean => channels.every((channel) => channel === 'task');

type Bounds = 'minimums' | 'approvalFrom';

interface BoundProps extends Pick<StepFormProps, 'step' | 'onChange'> {
  field: Bounds;
  label: string;
  description: string;
}

/** An amount in the company's currency; those of other currencies stay as they are. */
function Bound({ step, field, label, description, onChange }: BoundProps) {
  const { company } = useInside();
  const words = useEditorWords();
  const language = useLanguage();
  const { currency } = company;
  const known = step[field][currency];
  const [typed, setTyped] = useState(known === undefined ? '' : typedAmount(known, currency, language));
  const isAmount = typed.trim() === '' || parseAmount(typed, currency) !== null;
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      value={typed}
      error={isAmount ? undefined : words.notAmount}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const { [currency]: _, ...others } = step[field];
        const minor = text.trim() === '' ? null : parseAmount(text, currency);
        if (text.trim() === '') onChange({ [field]: others });
        else if (minor !== null) onChange({ [field]: { ...others, [currency]: minor } });
      }}
    />
  );
}

/** What needs no approval of its own: from which amount it does all the same, and for how long it can be held back. */
function BeforeItLeaves({ step, onChange }: Pick<StepFormProps, 'step' | 'onChange'>) {
  const { company } = useInside();
  const words = useEditorWords();
  if (step.requiresApproval || step.formalNotice || isOnlyTask(step)) return null;
  return (
    <>
      <Bound
        step={step}
        field="approvalFrom"
        label={words.approvalFrom(company.currency)}
        description={words.approvalFromHint}
        onChange={onChange}
      />
      <NumberInput
        label={words.leavesAfter}
        description={words.leavesAfterHint}
        value={step.leavesAfterHours ?? ''}
        min={1}
        max={240}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${words.hours}`}
        onChange={(hours) => onChange({ leavesAfterHours: typeof hours === 'number' ? hours : null })}
      />
    </>
  );
}
