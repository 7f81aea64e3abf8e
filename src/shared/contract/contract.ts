import { appContract, channelContract, settingsContract } from './app.contract.ts';
import { conversationContract, draftContract, outboxContract } from './conversation.contract.ts';
import { customerContract } from './customer.contract.ts';
import { importContract } from './import.contract.ts';
import { jobContract } from './job.contract.ts';
import { knowledgeContract } from './knowledge.contract.ts';
import { riskContract } from './risk.contract.ts';
import { searchContract } from './search.contract.ts';
import { suggestionContract } from './suggestion.contract.ts';

/** The one contract between pages and the backend, parsed at the door in both hosts. */
export const contract = {
  app: appContract,
  settings: settingsContract,
  conversation: conversationContract,
  draft: draftContract,
  outbox: outboxContract,
  suggestion: suggestionContract,
  risk: riskContract,
  customer: customerContract,
  knowledge: knowledgeContract,
  search: searchContract,
  import: importContract,
  job: jobContract,
  channel: channelContract,
};
export type Contract = typeof contract;
