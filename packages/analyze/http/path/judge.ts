import { trait } from '../traits.ts';
import { probes, Tally, type Verdict } from '../verdict.ts';
import { namesByWildcard } from './wildcards.ts';

/** Files that tell of the system and are never asked for by name; written with slashes, lower case. */
const sensitive =
  /(?:^|\/)(?:etc\/(?:passwd|shadow|group|gshadow|hosts|issue|motd|fstab|crontab|sudoers|resolv\.conf|mysql\/|apache2?\/|httpd\/|nginx\/|ssh\/|ssl\/|php\S{0,10}\/|cron\.\w+|init\.d|profile|security\/|os-release|hostname|environment)|proc\/(?:self|version|\d+|cpuinfo|mounts|net|cmdline|sched_debug)|var\/(?:log|mail|www|lib|run\/secrets)\/|root\/\.|home\/[\w.-]+\/\.|usr\/local\/(?:apache2?|etc|nginx)\/|sys\/(?:class|kernel|devices|block)(?:\/|$)|dev\/(?:random|urandom|zero|mem|fd\/\d)|boot\.ini|win(?:dows|nt)\/(?:system32|win\.ini|system\.ini|repair|debug|panther|php\.ini)|system32\/(?:drivers|config|cmd)|web-inf\/|meta-inf\/|inetpub\/|global\.asax|web\.config|machine\.config|\.(?:git|svn|hg)\/\S|\.ht(?:access|passwd|group)|\.ssh\/|id_(?:rsa|dsa|ecdsa|ed25519)|\.aws\/(?:credentials|config)|\.bash_history|\.(?:bash|zsh|python|mysql|psql|sh)_?history|\.netrc|\.npmrc|\.pgpass|\.docker\/config|\.kube\/config|wp-config\.|config\.inc\.php|localsettings\.php|sftp-config\.json|\.env(?:$|[.?/](?!example|sample|template|dist))|\.sql(?:\.\w{2,4})?$|wp-content\/debug\.log|@fs\/|\.ds_store|ntuser\.dat|pagefile\.sys|win\.ini|autoexec\.bat|passwd$)/;

/** Schemes that read files or run things where an address is opened (PHP, Java, curl). */
const wrapper = /^\s*(?:(?:php|expect|zip|phar|glob|compress\.(?:zlib|bzip2)|zlib|rar|ogg|ssh2(?:\.\w+)?|netdoc|jar|file|gopher|dict|ldaps?|tftp|sftp|data|view-source|local_file|mailto|imap|pop3|smb|jndi|rmi):)/i;

const needed = trait.slash | trait.backslash | trait.dots | trait.colon | trait.control;
const longest = 2_048;

/** Reads the text as a path, and as an address that some function opens. */
export function judgePath(text: string, traits: number, disguised = false): Verdict | undefined {
  if ((traits & needed) === 0) return sensitiveWord(text);
  const path = text.slice(0, longest).replaceAll('\\', '/').toLowerCase();
  const tally = new Tally();
  judgeClimb(tally, path, traits);
  judgeFile(tally, path);
  if ((traits & trait.colon) !== 0) judgeScheme(tally, text.slice(0, longest));
  if ((traits & trait.backslash) !== 0 && /^\s*(?:\\\\|\/\/)[\w.-]+(?:@\w+)?\\[\w$.-]+/.test(text)) tally.add('opens a share of another host', 3);
  // A zero byte ends a path for the system that opens it, not for the program that checked it.
  if (disguised) tally.support('was encoded so that a filter does not see it', 1.5);
  if (/\u0000/.test(text)) tally.support('ends the path with a zero byte', 2);
  return tally.verdict('path');
}

function sensitiveWord(text: string): Verdict | undefined {
  if (!/^\.(?:htaccess|htpasswd|bash_history|DS_Store)$|^(?:boot|win)\.ini$/i.test(text)) return undefined;
  const tally = new Tally();
  tally.add(probes.file, 3);
  return tally.verdict('path');
}

function judgeClimb(tally: Tally, path: string, traits: number): void {
  if ((traits & trait.dots) === 0 && !/(?:^|\/)\.{1,2}(?:\/|$)|\.\//.test(path)) return;
  const { climbs, odd, still, leading } = segments(path);
  if (climbs >= 2) tally.add('climbs out of its folder', leading || climbs > 2 ? 3.2 : 2.4);
  else if (climbs === 1) tally.add('climbs a folder', leading ? 1.8 : 1);
  if (odd >= 2) tally.add('writes dots so that a filter leaves a climb', 3.2);
  else if (odd === 1) tally.add('writes dots so that a filter leaves a climb', 1.8);
  if (still >= 3) tally.add('pads the path with empty folders', Math.min(3, still * 0.8));
  if (climbs > 0 && /\/{2,}/.test(path.replace(/^\w+:\/\//, ''))) tally.support('doubles slashes to pass a filter', 1.2);
  if (climbs > 0 && /\.{2}(?:\/+)?$/.test(path)) tally.support('ends in a folder above', 0.4);
  if (/\.{6,}/.test(path) && path.includes('/')) tally.add('writes runs of dots', 3);
  if (/^[./]{4,}(?:etc|(?:boot|win|system)\.ini|web-inf|windows|passwd|shadow|proc)/.test(path)) tally.add('writes a climb without its slashes', 3);
}

/** Counts segments: `..` climbs; `...`, `....`, `..;`, `.. ` are climbs for lax readers or after a filter; `.` stays. */
function segments(path: string): { climbs: number; odd: number; still: number; leading: boolean } {
  let climbs = 0;
  let odd = 0;
  let still = 0;
  let depth = 0;
  let leading = false;
  for (const part of path.replace(/[?#].*$/s, '').split('/')) {
    if (part === '..' || /^\.\.[;%\u0000\s]/.test(part)) {
      climbs += 1;
      depth -= 1;
      leading ||= depth < 0;
    } else if (part === '.') still += 1;
    else if (/^\.{3,5}$/.test(part)) odd += 1;
    else if (/(?:^|[=:&'"\s])\.\.$/.test(part)) climbs += 1;
    else if (part !== '') depth += 1;
  }
  return { climbs, odd, still, leading };
}

function judgeFile(tally: Tally, path: string): void {
  const squeezed = path.replaceAll(/\/(?:\.?\/)+/g, '/').replaceAll(/[\u0000'"\\]|\$[@*]/g, '').replaceAll(/\[(\w)[^\]]{0,12}\]/g, '$1');
  if (/^\/([a-z])\1{200}/.test(path)) tally.add('pads the path until it is cut off', 3);
  if (/[?*[]/.test(path) && namesByWildcard(path)) tally.add('names a file of the system by wildcards', 3);
  const found = sensitive.exec(squeezed);
  if (found !== null) {
    // In an address of some host the same words are a page's name.
    const remote = /^https?:\/\/[^/]+/.test(path);
    const strong = !/^\/?passwd$/.test(found[0]);
    return tally.add(probes.file, remote ? 1.5 : strong ? 3.2 : 2.2);
  }
  if (/(?:^|[^a-z])(?:etc(?:passwd|shadow)|(?:passwd|shadow|boot\.ini|win\.ini)(?:\u0000|%00))/.test(path)) tally.add(probes.file, 2.4);
  if (/^\/(?:[^/]{1,40}\/)?\.(?!well-known|netlify|auth|nojekyll|vercel)[a-z][\w-]{1,30}\/\S/.test(squeezed)) tally.add(probes.file, 3);
  if (/^[a-z]:\/{1,4}(?:$|[\w.$-]+)/.test(squeezed)) tally.add('names a drive', /^[a-z]:\/+$/.test(squeezed) ? 1.8 : 1);
}

function judgeScheme(tally: Tally, text: string): void {
  const found = wrapper.exec(text);
  if (found === null) return judgeRemote(tally, text);
  const name = found[0].trim().toLowerCase();
  const rest = text.slice(found[0].length);
  if (name === 'data:') return /^(?:\/\/)?(?:text\/plain|;|,|application\/x-(?:httpd-)?php)[^]*(?:base64|<\?|php)/i.test(rest) ? tally.add('brings its own file in a data address', 3) : undefined;
  if (name === 'mailto:' || name === 'ldap:' || name === 'ldaps:' || name === 'sftp:' || name === 'jndi:') return undefined;
  if (name === 'jar:' && !/^(?:file|https?|ftp|jar):/i.test(rest)) return undefined;
  if (rest.startsWith('//') || ((name === 'file:' || name === 'jar:' || name === 'netdoc:') && /^\/|^\w+:/.test(rest))) tally.add(name === 'php:' && /^\/\/(?:filter|input|stdin|fd|memory|temp)/i.test(rest) ? 'opens a stream of PHP' : 'opens a scheme that reads files or reaches services', 3.2);
}

/** A file with a program in it on another host, by number or with a tail that cuts off what is appended. */
function judgeRemote(tally: Tally, text: string): void {
  const found = /^\s*(?:url:\s*|https?:|ftps?:)?\/\/([^/\s?#]+)(\/[^\s?#]*)?([?#]*)$/i.exec(text) ?? /^\s*(?:url:\s*)?(?:https?|ftps?):\/\/([^/\s?#]+)(\/[^\s?#]*)?([?#].*)?$/is.exec(text);
  if (found === null) return;
  const [, host = '', file = '', tail = ''] = found;
  if (/^(?:[^@/]*@)?(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){3,7}\]?)(?::\d+)?$/i.test(host)) tally.add('opens an address by its number', 1.6);
  if (/\.(?:php\d?|phtml|aspx?|jspx?|cgi|pl|sh|py|txt|gif|jpe?g|dat|inc|ps1|exe|elf|jar|class|xml|dtd)$/i.test(file) && (tail === '?' || /^\?+$/.test(tail) || /^(?:[\d.:]+|\[?[0-9a-f:]+\]?)$/i.test(host))) tally.add('opens a file of another host', 1.8);
  if (/^\?+$/.test(tail)) tally.add('cuts off what is appended to an address', 1.4);
  if (/^ftps?:/i.test(text.trim())) tally.add('opens a file by FTP', 1.6);
}
