import { defineProgramMapping } from '../programs/program.ts';
import { accounts } from '../programs/accounts.ts';

export default defineProgramMapping({ id: 'unix-accounts', title: 'Accounts of Unix', program: accounts });
