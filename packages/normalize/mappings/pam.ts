import { defineProgramMapping } from '../programs/program.ts';
import { pam } from '../programs/pam.ts';

export default defineProgramMapping({ id: 'pam', title: 'PAM modules', program: pam });
