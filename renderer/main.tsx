import './app/no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createQueryClient } from './app/query-client.ts';
import { startPushes } from './app/push-router.ts';
import { refuseStrayFiles } from './app/stray-files.ts';
import { startTheme } from './app/theme.ts';
import { openBridge } from './desk/bridge.ts';
import { connectDesk } from './desk/client.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const client = createQueryClient();
connectDesk(openBridge());
startTheme();
refuseStrayFiles();
startPushes(client);
createRoot(root).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
