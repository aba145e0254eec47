import { defineProgramMapping } from '../programs/program.ts';
import { pam } from '../programs/pam.ts';

export default defineProgramMapping('pam', 'PAM modules', pam);
