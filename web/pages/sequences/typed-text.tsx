// A text that is told on only while it is right: what is wrong about it stands below, and the draft keeps what was right last.
import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface TypedTextProps {
  label: string;
  description?: string | undefined;
  type?: 'email' | undefined;
  text: string;
  maxLength: number;
  /** What is wrong, in words; null: nothing. `isValid`: the browser finds it well formed. */
  wrong: (typed: string, isValid: boolean) => string | null;
  onText: (text: string) => void;
}

export function TypedText({ label, description, type, text, maxLength, wrong, onText }: TypedTextProps) {
  const [typed, setTyped] = useState(text);
  const [error, setError] = useState<string | null>(null);
  return (
    <TextInput
      label={label}
      description={description}
      type={type}
      value={typed}
      maxLength={maxLength}
      error={error}
      onChange={(event) => {
        const { value, validity } = event.currentTarget;
        const what = wrong(value, validity.valid);
        setTyped(value);
        setError(what);
        if (what === null) onText(value.trim());
      }}
    />
  );
}
