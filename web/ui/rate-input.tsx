// A rate a year, typed as a percentage: hundredths of a percent on the wire.
import { NumberInput } from '@mantine/core';
import { useLanguage } from '../words/words.tsx';

interface RateInputProps {
  label: string;
  description?: string;
  placeholder?: string;
  /** Hundredths of a percent; null: nothing typed. */
  value: number | null;
  required?: boolean;
  error?: string | null;
  onChange: (rate: number | null) => void;
}

export function RateInput({ value, onChange, ...shown }: RateInputProps) {
  const language = useLanguage();
  return (
    <NumberInput
      {...shown}
      min={0}
      max={100}
      decimalScale={2}
      fixedDecimalScale
      decimalSeparator={language === 'fr' ? ',' : '.'}
      allowedDecimalSeparators={[',', '.']}
      allowNegative={false}
      clampBehavior="strict"
      suffix={language === 'fr' ? '\u00a0%' : '%'}
      value={value === null ? '' : value / 100}
      onChange={(typed) => onChange(rateOf(typed))}
    />
  );
}

/** While it is typed it may be a text that ends in a zero, '12.40'. */
function rateOf(typed: number | string): number | null {
  if (typed === '') return null;
  const percent = Number(typed);
  return Number.isFinite(percent) ? Math.round(percent * 100) : null;
}
