import { auditContract, repContract, sessionContract } from './access.contract.ts';
import { adaptContract } from './adapt.contract.ts';
import { appContract, channelContract, settingsContract } from './app.contract.ts';
import { attachmentContract, evidenceContract } from './attachment.contract.ts';
import { catalogueContract } from './catalogue.contract.ts';
import { conversationContract, draftContract, outboxContract } from './conversation.contract.ts';
import { customerContract } from './customer.contract.ts';
import { customerHistoryContract } from './customer-history.contract.ts';
import { demoContract } from './demo.contract.ts';
import { updateContract } from './desktop.contract.ts';
import { firstRunContract } from './first-run.contract.ts';
import { importContract } from './import.contract.ts';
import { jobContract } from './job.contract.ts';
import { knowledgeContract } from './knowledge.contract.ts';
import { modelContract } from './model.contract.ts';
import { packContract } from './pack.contract.ts';
import { riskContract } from './risk.contract.ts';
import { searchContract } from './search.contract.ts';
import { suggestionContract } from './suggestion.contract.ts';
import { trustContract } from './trust.contract.ts';
import { todayContract } from './today.contract.ts';
import { tuningContract } from './tuning.contract.ts';
import { workContract } from './work.contract.ts';

/** The one contract between pages and the backend, parsed at the door in both hosts. */
export const contract = {
  adapt: adaptContract,
  app: appContract,
  settings: settingsContract,
  session: sessionContract,
  rep: repContract,
  audit: auditContract,
  firstRun: firstRunContract,
  conversation: conversationContract,
  work: workContract,
  draft: draftContract,
  outbox: outboxContract,
  attachment: attachmentContract,
  evidence: evidenceContract,
  suggestion: suggestionContract,
  risk: riskContract,
  customer: customerContract,
  customerHistory: customerHistoryContract,
  today: todayContract,
  catalogue: catalogueContract,
  knowledge: knowledgeContract,
  search: searchContract,
  import: importContract,
  job: jobContract,
  model: modelContract,
  pack: packContract,
  demo: demoContract,
  channel: channelContract,
  update: updateContract,
  trust: trustContract,
  tuning: tuningContract,
};
export type Contract = typeof contract;
