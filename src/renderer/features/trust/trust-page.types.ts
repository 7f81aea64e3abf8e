import type { ReactNode } from 'react';
import type { Rep, Session } from '../../../shared/contract/access.contract.ts';
import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import type { Job } from '../../../shared/contract/job.contract.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import type { Client } from '../../connection/connection.ts';

/** What the shell gives a page of the settings that is about trust. */
export type TrustPageProps = { client: Client; status: AppStatus; session: Session & { rep: Rep }; jobs: readonly Job[] };
export type TrustPage = { id: string; labelKey: TextKey; Page: (props: TrustPageProps) => ReactNode };
