import './connection/zod-setup.ts';
import { createRoot } from 'react-dom/client';
import { resolveLanguage } from '../shared/i18n/language.ts';
import { DeskmatePage } from './app/deskmate-page.tsx';
import { createPage } from './app/page.ts';
import { createI18n } from './base/texts.tsx';
import { createConnection } from './connection/connection.ts';
import { pageDesktop } from './connection/desktop.ts';
import './style.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const page = createPage(createConnection(), Date.now, pageDesktop());
createRoot(root).render(<DeskmatePage page={page} i18n={createI18n(resolveLanguage('system', navigator.languages))} />);
