// One step of a draft: when, in which tone, what, to whom, and whether a person reads it first; what is seldom needed is folded away.
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
import { call } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { CompanyFilesField } from '../../parts/company-files.tsx';
import type { NamedTemplate } from '../../parts/templates.ts';
import { at, useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { parseAmount, typedAmount } from '../../ui/format.ts';
import { RateInput } from '../../ui/rate-input.tsx';
import { Section } from '../../ui/section.tsx';
import { useLanguage } from '../../words/words.tsx';
import { ChannelFields } from './channel-fields.tsx';
import type { DraftStep, Timing } from './draft.ts';
import { EditTemplateDialog } from './edit-template-dialog.tsx';
import { useEditorWords } from './editor-words.ts';
import { TypedText } from './typed-text.tsx';
import { useSequencesWords } from './words.ts';

type Role = Step['rolesTo'][number];

interface StepFormProps {
  step: DraftStep;
  /** The step before it, from which it may count. */
  before: DraftStep | undefined;
  said: Pick<Simulated, 'problems' | 'warnings'>;
  templates: readonly NamedTemplate[];
  onChange: (change: Partial<DraftStep>) => void;
  onCopy: () => void;
  onRemove: () => void;
}

export function StepForm({ step, before, said, templates, onChange, onCopy, onRemove }: StepFormProps) {
  const { mayManage } = useInside();
  const words = useEditorWords();
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
          <WhenFields step={step} before={before} onChange={onChange} />
          <ChannelFields step={step} onChange={onChange} />
          <NativeSelect
            label={words.tone}
            description={words.toneHint}
            value={step.tone}
            data={tones.map((tone) => ({ value: tone, label: words.tones[tone] }))}
            onChange={(event) => onChange({ tone: event.currentTarget.value as DraftStep['tone'] })}
          />
          <TemplateField step={step} templates={templates} onChange={onChange} />
          <RolesField
            label={words.to}
            description={isTask ? words.toCallHint : words.toHint}
            step={step}
            field="rolesTo"
            onChange={onChange}
          />
          {isTask ? null : (
            <RolesField
              label={words.cc}
              description={step.rolesCc.length === 0 ? words.noCc : '\u00a0'}
              step={step}
              field="rolesCc"
              onChange={onChange}
            />
          )}
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
                ...(formalNotice
                  ? { requiresApproval: true, tone: 'final' as const, templateKey, channels: ['email' as const] }
                  : {}),
              });
            }}
          />
          <Switch
            label={words.attach}
            checked={step.attachInvoice}
            onChange={(event) => onChange({ attachInvoice: event.currentTarget.checked })}
          />
        </Group>
        {isTask ? null : (
          <CompanyFilesField
            label={words.files}
            description={words.filesHint}
            mayAdd={mayManage}
            chosen={step.fileIds}
            onChange={(fileIds) => onChange({ fileIds })}
          />
        )}
        <MoreFields step={step} onChange={onChange} />
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

const tones = ['courteous', 'firm', 'final'] as const;

type FieldProps = Pick<StepFormProps, 'step' | 'onChange'>;

type When = 'before' | 'after' | 'previous' | 'month-end';

const whenOf = ({ kind, days }: Timing): When => (kind === 'due' ? (days < 0 ? 'before' : 'after') : kind);

/** Days, and what they count from. Changed, the step stays where it stands, but for the end of a month: there the days stay. */
function WhenFields({ step: { timing, offsetDays }, before, onChange }: FieldProps & Pick<StepFormProps, 'before'>) {
  const words = useEditorWords();
  const when = whenOf(timing);
  const least = when === 'before' || when === 'previous' ? 1 : 0;
  const set = (next: When, days: number): void => {
    const timings: Record<When, Timing> = {
      before: { kind: 'due', days: -Math.max(days, 1) },
      after: { kind: 'due', days },
      previous: { kind: 'previous', days: Math.max(days, 1) },
      'month-end': { kind: 'month-end', days },
    };
    onChange({ timing: timings[next] });
  };
  const turnTo = (next: When): void => {
    const days = Math.abs(timing.days);
    if (next === 'previous') set(next, offsetDays - (before?.offsetDays ?? 0));
    else if (when === 'previous') set(next, Math.abs(offsetDays));
    else set(next, days);
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        label={words.when}
        className="days-field"
        value={Math.abs(timing.days)}
        min={least}
        max={when === 'before' || when === 'previous' ? 365 : 3650}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        onChange={(days) => typeof days === 'number' && set(when, days)}
      />
      <NativeSelect
        aria-label={words.sideLabel}
        className="when-field"
        value={when}
        data={[
          { value: 'before', label: words.before },
          { value: 'after', label: words.after },
          ...(before === undefined ? [] : [{ value: 'previous', label: words.afterPrevious }]),
          { value: 'month-end', label: words.monthEnd },
        ]}
        onChange={(event) => turnTo(event.currentTarget.value as When)}
      />
    </Group>
  );
}

/** The template, the way to its text, and a new one that begins with the ready-made text of the step's tone. */
function TemplateField({ step, templates, onChange }: FieldProps & Pick<StepFormProps, 'templates'>) {
  const { company, mayManage } = useInside();
  const words = useEditorWords();
  const { editTemplate } = useSequencesWords();
  const [editing, setEditing] = useState<string | null>(null);
  const isKnown = templates.some((one) => one.key === step.templateKey);
  const create = useChange(company.id, () => {
    const { name, tone } = step;
    return call<{ key: string }>('POST', at(company.id, '/templates'), {
      name: name.trim() || words.tones[tone],
      tone,
    });
  });
  const makeOne = () =>
    create.mutate(undefined, {
      onSuccess: ({ key }) => {
        onChange({ templateKey: key });
        setEditing(key);
      },
    });
  return (
    <div>
      <NativeSelect
        label={words.template}
        description={isOnlyTask(step) ? words.templateByHand : words.templateHint}
        value={step.templateKey}
        data={[
          ...templates.map(({ key, name }) => ({ value: key, label: name })),
          ...(isKnown ? [] : [{ value: step.templateKey, label: step.templateKey }]),
        ]}
        onChange={(event) => onChange({ templateKey: event.currentTarget.value })}
      />
      <Group gap="xs">
        {isKnown ? (
          <button type="button" className="link edit-template" onClick={() => setEditing(step.templateKey)}>
            {editTemplate}
          </button>
        ) : null}
        {mayManage ? (
          <button type="button" className="link edit-template" disabled={create.isPending} onClick={makeOne}>
            {words.newTemplate}
          </button>
        ) : null}
      </Group>
      {create.isError ? <Failure error={create.error} /> : null}
      <EditTemplateDialog templateKey={editing} level={step.level} onClose={() => setEditing(null)} />
    </div>
  );
}

/** Contacts by role; somebody must be written to. */
function RolesField({
  label,
  description,
  step,
  field,
  onChange,
}: FieldProps & { label: string; description: string; field: 'rolesTo' | 'rolesCc' }) {
  const { roles } = useSequencesWords();
  const others = field === 'rolesCc' ? step.rolesTo : [];
  return (
    <MultiSelect
      label={label}
      description={description}
      data={(Object.keys(roles) as Role[])
        .filter((role) => !others.includes(role))
        .map((role) => ({ value: role, label: roles[role] }))}
      value={step[field]}
      onChange={(chosen) => {
        if (field === 'rolesCc' || chosen.length > 0) onChange({ [field]: chosen as Role[] });
      }}
    />
  );
}

/** What is seldom needed: open from the beginning where any of it is set. */
function MoreFields({ step, onChange }: FieldProps) {
  const { company } = useInside();
  const words = useEditorWords();
  const [opened, setOpened] = useState(isAnySet(step));
  return (
    <details className="other-fields" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{words.more}</summary>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="sm">
        <Bound
          step={step}
          field="minimums"
          label={words.minimum(company.currency)}
          description={words.minimumHint}
          onChange={onChange}
        />
        <BeforeItLeaves step={step} onChange={onChange} />
        <TypedText
          label={words.senderName}
          description={words.senderNameHint}
          text={step.senderName ?? ''}
          maxLength={200}
          wrong={() => null}
          onText={(text) => onChange({ senderName: text === '' ? null : text })}
        />
        <TypedText
          label={words.replyTo}
          description={words.replyToHint}
          type="email"
          text={step.replyTo ?? ''}
          maxLength={254}
          wrong={(_, isValid) => (isValid ? null : words.notAddress)}
          onText={(text) => onChange({ replyTo: text === '' ? null : text })}
        />
      </SimpleGrid>
      <FeeFields step={step} onChange={onChange} />
      <Switch
        mt="sm"
        label={words.tellsInCharge}
        description={words.tellsInChargeHint}
        checked={step.tellsInCharge}
        onChange={(event) => onChange({ tellsInCharge: event.currentTarget.checked })}
      />
    </details>
  );
}

function isAnySet({
  minimums,
  approvalFrom,
  leavesAfterHours,
  senderName,
  replyTo,
  tellsInCharge,
  fee,
}: DraftStep): boolean {
  const bounds = Object.keys({ ...minimums, ...approvalFrom }).length;
  return bounds > 0 || tellsInCharge || [leavesAfterHours, senderName, replyTo, fee].some((one) => one !== null);
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

/** Fixed, in the company's currency (those of other currencies stay), or a share of the principal. */
function FeeFields({ step, onChange }: Pick<StepFormProps, 'step' | 'onChange'>) {
  const { company } = useInside();
  const words = useEditorWords();
  const language = useLanguage();
  const { currency } = company;
  const { fee } = step;
  const kind = fee === null ? 'none' : 'fixed' in fee ? 'fixed' : 'share';
  const fixed = fee !== null && 'fixed' in fee ? fee.fixed : {};
  const known = fixed[currency];
  const [shown, setShown] = useState<'none' | 'fixed' | 'share'>(kind);
  const [typed, setTyped] = useState(known === undefined ? '' : typedAmount(known, currency, language));
  const minor = parseAmount(typed, currency);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm">
      <NativeSelect
        label={words.fee}
        description={words.feeHint}
        value={shown}
        onChange={(event) => {
          const chosen = event.currentTarget.value as typeof shown;
          setShown(chosen);
          setTyped('');
          if (chosen !== kind) onChange({ fee: null });
        }}
        data={(['none', 'fixed', 'share'] as const).map((one) => ({ value: one, label: words.fees[one] }))}
      />
      {shown === 'fixed' ? (
        <TextInput
          label={words.feeFixed(currency)}
          description={words.feeFixedHint}
          inputMode="decimal"
          value={typed}
          error={typed.trim() === '' || minor !== null ? undefined : words.notAmount}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            const { [currency]: _, ...others } = fixed;
            const amount = parseAmount(text, currency);
            const next = amount === null || amount === 0 ? others : { ...others, [currency]: amount };
            onChange({ fee: Object.keys(next).length === 0 ? null : { fixed: next } });
          }}
        />
      ) : shown === 'share' ? (
        <RateInput
          label={words.feeShare}
          description={words.feeShareHint}
          value={fee !== null && 'share' in fee ? fee.share : null}
          onChange={(share) => onChange({ fee: share === null || share === 0 ? null : { share } })}
        />
      ) : null}
    </SimpleGrid>
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
