import { useState } from 'react';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { TextField } from '../../components/fields.tsx';
import { ConfigForm } from './config-form.tsx';

/** A number as it is typed, with a comma or a point; NaN is refused with the form's own words. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')));

/** What tokens cost the company, and whom its people ask when they run out. */
export function UsageForm({ config, isAdmin }: { config: TenantConfig; isAdmin: boolean }) {
  const [contact, setContact] = useState(config.ai_contact ?? '');
  const [input, setInput] = useState(config.token_price?.input.toString() ?? '');
  const [output, setOutput] = useState(config.token_price?.output.toString() ?? '');
  const [currency, setCurrency] = useState(config.token_price?.currency ?? 'EUR');
  const hasPrice = input.trim() !== '' || output.trim() !== '';
  const change = {
    ai_contact: contact.trim() || null,
    token_price: hasPrice ? { input: numberOf(input), output: numberOf(output), currency } : null,
  };
  const before = { ai_contact: config.ai_contact ?? null, token_price: config.token_price ?? null };
  return (
    <ConfigForm change={change} changed={!isSame(change, before)} isAdmin={isAdmin}>
      <TextField
        label="Whom to ask about the assistant"
        placeholder="an admin of your company"
        value={contact}
        onChange={(event) => setContact(event.target.value)}
        hint="Named where the month’s tokens run out."
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label="Price of a million tokens sent"
          inputMode="decimal"
          placeholder="not shown"
          value={input}
          onChange={(event) => setInput(event.target.value)}
        />
        <TextField
          label="Price of a million tokens answered"
          inputMode="decimal"
          placeholder="not shown"
          value={output}
          onChange={(event) => setOutput(event.target.value)}
        />
        <TextField
          label="Currency"
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.target.value.toUpperCase())}
        />
      </div>
    </ConfigForm>
  );
}

type Change = Pick<TenantConfig, 'ai_contact' | 'token_price'>;

function isSame(a: Change, b: Change): boolean {
  const parts = ({ ai_contact, token_price: price }: Change) => [
    ai_contact,
    price?.input,
    price?.output,
    price?.currency,
  ];
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}
