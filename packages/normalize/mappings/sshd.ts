import { defineProgramMapping } from '../programs/program.ts';
import { sshd } from '../programs/sshd.ts';

export default defineProgramMapping({ id: 'sshd', title: 'OpenSSH sign-ins', program: sshd });
