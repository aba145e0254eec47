import { defineProgramMapping } from '../programs/program.ts';
import { accounts } from '../programs/accounts.ts';

export default defineProgramMapping('unix-accounts', 'Accounts of Unix', accounts);
