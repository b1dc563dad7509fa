import { TextInput, type TextInputProps } from '@mantine/core';

/** A field for a whole number from 0 on; nothing else can be typed. */
export const Whole = ({ value, onChange, ...rest }: Omit<TextInputProps, 'value' | 'onChange'> & { value: number | null; onChange: (n: number | null) => void }) => (
  <TextInput {...rest} inputMode="numeric" autoComplete="off" value={value ?? ''}
    onChange={(e) => { const text = e.currentTarget.value.replace(/\D/g, '').slice(0, 10); onChange(text ? Number(text) : null); }} />
);
