import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { ConfigurationProblem } from '@/app/configuration-problem';
import { envResult } from '@/config/env';
import '@/styles/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>{envResult.ok ? <App /> : <ConfigurationProblem problems={envResult.problems} />}</StrictMode>,
);
