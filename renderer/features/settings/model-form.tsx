import { useState } from 'react';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { CheckField, TextField } from '../../components/fields.tsx';
import { ConfigForm } from './config-form.tsx';

/** Where the company's model is, whether it may be used, and how much. */
export function ModelForm({ config, isAdmin }: { config: TenantConfig; isAdmin: boolean }) {
  const [enabled, setEnabled] = useState(config.ai_enabled);
  const [endpoint, setEndpoint] = useState(config.model?.endpoint ?? '');
  const [deployment, setDeployment] = useState(config.model?.deployment ?? '');
  const [version, setVersion] = useState(config.model?.api_version ?? '');
  const [limit, setLimit] = useState(config.monthly_token_limit?.toString() ?? '');
  const change = {
    ai_enabled: enabled,
    model:
      endpoint.trim() === ''
        ? null
        : { endpoint: endpoint.trim(), deployment: deployment.trim(), api_version: version.trim() || null },
    monthly_token_limit: limit === '' ? null : Number(limit),
  };
  const before = {
    ai_enabled: config.ai_enabled,
    model: config.model,
    monthly_token_limit: config.monthly_token_limit,
  };
  return (
    <ConfigForm change={change} changed={JSON.stringify(change) !== JSON.stringify(before)} isAdmin={isAdmin}>
      <CheckField label="The assistant may be used in this company" checked={enabled} onChange={setEnabled} />
      <TextField
        label="Azure OpenAI endpoint"
        placeholder="https://your-resource.openai.azure.com"
        value={endpoint}
        onChange={(event) => setEndpoint(event.target.value)}
        hint="A new endpoint asks for its own key."
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField label="Deployment" value={deployment} onChange={(event) => setDeployment(event.target.value)} />
        <TextField
          label="API version"
          placeholder="empty: Azure’s v1"
          value={version}
          onChange={(event) => setVersion(event.target.value)}
        />
        <TextField
          label="Tokens a month"
          inputMode="numeric"
          placeholder="no limit"
          value={limit}
          onChange={(event) => setLimit(event.target.value.replace(/\D/g, ''))}
        />
      </div>
    </ConfigForm>
  );
}
