import { defineProgramMapping } from '../programs/program.ts';
import { sshd } from '../programs/sshd.ts';

export default defineProgramMapping('sshd', 'OpenSSH sign-ins', sshd);
