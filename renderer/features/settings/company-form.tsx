import { useState } from 'react';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import { ConfigForm } from './config-form.tsx';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** The company's time zone, and how long conversations are kept. */
export function CompanyForm({ config, isAdmin }: { config: TenantConfig; isAdmin: boolean }) {
  const [zone, setZone] = useState(config.time_zone);
  const [days, setDays] = useState(String(config.chat_retention_days));
  const change = { time_zone: zone, chat_retention_days: Number(days) };
  const changed = zone !== config.time_zone || change.chat_retention_days !== config.chat_retention_days;
  const zones = ZONES.includes(config.time_zone) ? ZONES : [config.time_zone, ...ZONES];
  return (
    <ConfigForm change={change} changed={changed} isAdmin={isAdmin}>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Time zone"
          value={zone}
          options={zones.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
          onChange={setZone}
        />
        <TextField
          label="Keep conversations, days"
          inputMode="numeric"
          value={days}
          onChange={(event) => setDays(event.target.value.replace(/\D/g, ''))}
        />
      </div>
    </ConfigForm>
  );
}
