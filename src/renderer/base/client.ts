import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';

/** The backend as the page calls it: the contract's procedures as async functions. */
export type Client = ContractRouterClient<Contract>;
