import { programRank } from '../shell/commands.ts';
import { trait } from '../traits.ts';
import { probes, Tally, type Verdict } from '../verdict.ts';

/** Functions of PHP that run programs, code or files; with an argument or nothing between their parentheses. */
const runners =
  /(?:^|[^\w.>-])@?(?:system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec|assert|create_function|call_user_func(?:_array)?|preg_replace|base64_decode|gzinflate|gzuncompress|str_rot13|file_(?:get|put)_contents|fopen|readfile|show_source|highlight_file|include(?:_once)?|require(?:_once)?|phpinfo|phpversion|php_uname|move_uploaded_file|unserialize|array_map|array_filter|register_shutdown_function|ini_set|scandir|opendir|posix_\w{3,20}|getenv|putenv|print_r|var_dump|die|eval|chr|hex2bin|bin2hex|curl_exec|p?fsockopen|parse_str|extract|dl|mail)\s*(?:\(|\/\*)\s*([^\s)]?)/gi;

const loud = /system|exec|passthru|popen|proc_open|assert|create_function|phpinfo|php_uname|eval|unserialize|call_user_func|show_source|readfile/i;

/** One look instead of many: nothing below matches a text without one of these. */
const hints =
  /<\?|\?>|php|\bwhile\b|console|constructor|prototype|global|(?:allow_url|auto_pre|auto_app|disable_f|open_bas|extension_d)|@?\$+\w[^(]{0,80}\(|\$\s*[_{G]|[\w\])}"']\s*\(|\/\*|java|Runtime|ProcessBuilder|process|child_|import|os\.|subprocess|Kernel|IO\.|Open3|File|%x|@\{|(?:com|org|sun|groovy|freemarker)\./i;

/** Source of the languages of servers: PHP, Java, JavaScript, Python, Ruby, Perl. */
export function judgeCode(text: string, traits: number): Verdict | undefined {
  if ((traits & (trait.paren | trait.angle | trait.dollar | trait.backtick)) === 0) {
    if ((traits & (trait.dots | trait.colon | trait.bracket | trait.brace | trait.equals)) === 0 && !text.includes('.')) return undefined;
  }
  if (!hints.test(text)) return undefined;
  const tally = new Tally();
  if (/<\?(?:php\b|=|\s+(?:echo|system|eval|print|passthru|exec|phpinfo|include|require)\b)/i.test(text)) tally.add('opens a script of PHP', 3.5);
  else if (/\{php\}.*\{\/php\}|\{php\}\s*\w+[ (]|\[\\php\]/is.test(text)) tally.add('opens a script of PHP', 3);
  else if (/<\?(?!xml)|\?>|\[\/?php\]/i.test(text)) tally.add('opens a processing instruction', 1.2);
  if ((traits & trait.paren) !== 0) judgeCalls(tally, text, (traits & (trait.slash | trait.hash)) === 0 ? text : withoutComments(text));
  if (/\$_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES|SESSION|ENV)\b|\$GLOBALS\b|\$\s*\{\s*['"@($]|\$\{?_(?:GET|POST)/.test(text)) tally.add('reads the request as PHP does', 3);
  judgeSettings(tally, text);
  judgeJava(tally, text);
  judgeScripts(tally, text);
  return tally.verdict('php');
}

/** What PHP reads over. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^*]{0,80}\*\/|(?<=[\w\s])(?:#|\/\/)[^\n]{0,80}\n/g, ' ');
}

function judgeCalls(tally: Tally, text: string, plain: string): void {
  let seen = 0;
  for (const [call = '', argument = ''] of text.matchAll(runners)) {
    if ((seen += 1) > 20) break;
    if (/(?:phpinfo|phpversion|php_uname|getenv|die)/i.test(call)) tally.add('calls a function that tells of the server', /phpinfo/i.test(call) ? 3.2 : 2);
    else if (loud.test(call)) tally.add('calls a function that runs programs or code', /['"$@`\w/\\.]/.test(argument) ? (/['"$`\\]/.test(argument) ? 3.2 : 2) : 1);
    else if (/['"$\\]/.test(argument)) tally.add('calls functions of PHP', 1.8);
  }
  judgeHiddenCalls(tally, text, plain);
  if (/[([]\s*['"]?(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval|phpinfo)['"]?\s*\]?\s*(?:\)|\[\s*0\s*\])\s*\(/i.test(text)) tally.add('calls a function that runs programs by its text', 3.2);
  if (/\(\s*['"]\w{3,30}['"]\s*\)\s*\(|\(\s*\$\w+\s*\)\s*\(|\[\s*['"]\w+['"]\s*\]\s*\(\s*['"]/.test(text)) tally.add('calls a function by a text', 2.2);
  if (calledByText.test(text)) tally.add('calls a function by a text', 3);
  if (variableCall.test(text) || (plain !== text && /@?\$+[A-Za-z_]\w{0,40}\s{0,8}\(\s*\)/.test(plain))) tally.add('calls a function whose name a variable holds', 3);
  if (/^\s*@?(?:get_defined_(?:vars|functions|constants)|get_(?:cfg_var|current_user|included_files)|file_exists|is_(?:readable|writable|dir|file)|curl_(?:init|setopt)|base64_(?:de|en)code|fsockopen|posix_\w+|php_sapi_name|strip_tags|apache_(?:setenv|getenv)|error_log|mb_ereg_replace|ob_(?:start|get_\w+)|stream_\w+|pcntl_\w+|sys_get_temp_dir|var_export|func_get_args?|rawurldecode|gzdecode|zlib_decode|filter_var|array_(?:walk|diff_ukey)|usort|preg_\w+)\s*\([^)]{0,200}\)\s*;?\s*(?:\[\d\])?\s*$/i.test(text)) tally.add(probes.code, 3);
  if (/(?:\(\s*["']\w{1,12}["']\s*\.\s*["']\w{1,12}["']|\w{3,20}\s*\(\s*\)\s*;?\s*\}\s*[;}])/.test(text)) tally.add('builds the name of a function', 2);
}

/** Calls that are written so that a filter does not see them, and calls of a program by its bare name. */
function judgeHiddenCalls(tally: Tally, text: string, plain: string): void {
  if (unpacks.test(text)) tally.add('runs code that it unpacks', 3.2);
  if (plain !== text && /\b(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval)\s+\(/i.test(plain) && !/\b(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval)\s*\(/i.test(text)) tally.add('hides a call of a function that runs programs behind a comment', 3.2);
  if (/\[\s*['"]?(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval|phpinfo)['"]?\s*\](?:\s|[)}]|\[\s*0\s*\]|\{\s*0\s*\}){1,12}\(/i.test(plain)) tally.add('calls a function that runs programs by its text', 3.2);
  if (/\(\s*(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval)\s*\)\s*\(/i.test(plain)) tally.add('calls a function that runs programs by its text', 3.2);
  if (/["']\w{1,12}["'](?:\s*\.\s*["']\w{1,12}["']){1,8}\s*\)?\s*\(\s*["']/.test(plain)) tally.add('calls a function by a text', 3);
  const [, program = ''] = /^\s*@?(?:system|exec|shell_exec|passthru|popen)\s*\(\s*([a-z]{2,12})\s*\)\s*;?\s*$/i.exec(plain) ?? [];
  if (program !== '' && programRank(program.toLowerCase()) === 2) tally.add('calls a function that runs programs with the name of one', 3.2);
}

const unpacks = /\b(?:eval|assert|system|exec|shell_exec|passthru|create_function)\s*\(\s*(?:chr|gzinflate|gzuncompress|gzdecode|str_rot13|base64_decode|strrev|urldecode|rawurldecode|hex2bin)\s*\(/i;

/** `("system")("id")`, `(sy.(st).em)("id");`, `[0][0]("id")`, `($y)('id');` */
const calledByText = /["']\s*(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval|phpinfo)\s*["']\s*\)?\s*\(|\(\s*\w{1,10}\s*\.\s*\(\s*\w{1,10}\s*\)\s*\.\s*\w{1,10}\s*\)\s*\(|\[0\]\s*\[0\]\s*\}?\s*\)?\s*\(\s*['"]|\(\s*\$?\w{1,20}\s*\)\s*(?:\/\*[^*]{0,80}\*\/\s*)?\(\s*['"]\w+['"]\s*\)\s*;/i;

/** `$f(1)`, `@$x['o'](5)`, the same with comments between; a price or a ticker with a remark in brackets has a space and no index before it. */
const variableCall = /@?\$+[A-Za-z_]\w{0,40}(?:(?:\s|\/\*[^*]{0,80}\*\/|(?:#|\/\/)[^\n]{0,80}\n)*(?:\[(?:[^[\]]|\[[^[\]]{0,20}\]){0,60}\]|\{[^}]{0,60}\}))+(?:\s|\/\*[^*]{0,80}\*\/|(?:#|\/\/)[^\n]{0,80}\n)*\([^)]{0,200}\)|@?\$+[A-Za-z_]\w{0,40}\((?:\)|\s*(?:["'$@[]|\d+\s*\)\s*(?:;|$)))/;

/** Settings of PHP that let it run what is fetched; a request sets them where PHP runs as a gateway. */
function judgeSettings(tally: Tally, text: string): void {
  if (/(?:^|[\s&-])(?:-d\s*)?(?:allow_url_(?:include|fopen)|auto_(?:prepend|append)_file|disable_functions|disable_classes|open_basedir|extension_dir|safe_mode|suhosin\.simulation|cgi\.force_redirect)\s*=/i.test(text)) tally.add('sets what PHP may run', 3.2);
}

/** Classes that run, load or look up what a text names; ordinary requests name none of them. */
const gadgets =
  /\b(?:java\.(?:lang\.(?:ClassLoader|reflect\.|invoke\.|UNIXProcess|Shutdown|instrument\.)|net\.(?:URLClassLoader|Socket|ServerSocket)|io\.(?:Object(?:Input|Output)Stream|File(?:Input|Output)Stream|FileWriter|FileReader|RandomAccessFile)|rmi\.|beans\.(?:XMLDecoder|EventHandler)|nio\.file\.Files|util\.(?:ServiceLoader|jar\.)|security\.(?:SignedObject|AccessController))|javax\.(?:script\.|naming\.|el\.|management\.|imageio\.ImageIO|xml\.transform\.Templates)|com\.(?:opensymphony\.xwork|sun\.(?:rowset|org\.apache\.(?:xalan|bcel)|jndi)|mchange\.v2\.c3p0|bea\.core\.repackaged)|org\.(?:apache\.(?:commons\.(?:collections|fileupload|io\.output|beanutils)|struts2?|xalan|velocity|catalina|bcel)|springframework\.(?:context|beans\.factory|expression)|codehaus\.groovy|hibernate\.(?:tuple|engine|jmx)|mozilla\.javascript)|sun\.(?:misc\.(?:Unsafe|BASE64Decoder)|reflect\.|rmi\.)|groovy\.(?:lang|util)\.|freemarker\.template\.utility)/;

function judgeJava(tally: Tally, text: string): void {
  if (!text.includes('.')) return;
  if (/\bjava\.(?:lang\.)?(?:Runtime|ProcessBuilder|ProcessImpl)\b|\bgetRuntime\s*\(|\bProcessBuilder\b/.test(text)) tally.add('starts a program as Java does', 3.2);
  else if (gadgets.test(text)) tally.add('names a class of Java that does what it is told', 3);
  else if (/^\s*(?:javax?(?:\.[a-z]\w{1,20}){1,4}\.[A-Z]\w{1,40}|org\.(?:apache\.(?:commons|xalan|catalina|struts2?)|omg\.CORBA|codehaus|springframework)(?:\.\w{1,40}){0,6})\s*$/.test(text) && !/(?:Exception|Error)\s*$/.test(text)) tally.add(probes.code, 3);
  else if (/\b(?:java\.(?:lang|io|util|net|nio|rmi|beans)|javax\.(?:script|naming|el|management)|com\.sun\.(?:rowset|org)|org\.(?:apache\.(?:commons|xalan|struts|catalina)|springframework|codehaus|hibernate|omg)|sun\.(?:misc|reflect))\.\w/.test(text)) tally.add('names classes of Java', /[({]/.test(text) ? 2.8 : 2);
  if (/\b(?:getClass|forName|newInstance|getMethod|getDeclared\w+|invoke|loadClass|getEngineByName)\s*\(/.test(text)) tally.add('reflects as Java does', 2);
}

function judgeScripts(tally: Tally, text: string): void {
  if (/\brequire\s*\(\s*['"`](?:child_process|fs|os|net|http|vm|cluster)['"`]\s*\)|\bprocess\.(?:mainModule|binding)\b|\bchild_process\b.{0,40}\b(?:exec|spawn)/.test(text)) tally.add('starts a program as Node.js does', 3.2);
  if (/__import__\s*\(|\bos\.(?:system|popen|exec\w*|spawn\w*)\s*\(|\bsubprocess\.(?:Popen|call|run|check_output|getoutput)\b|\b(?:eval|exec|compile)\s*\(\s*(?:compile|__import__|base64|['"]import )/.test(text)) tally.add('starts a program as Python does', 3.2);
  if (/\b(?:Kernel|IO|Open3|Process)\.(?:exec|system|popen|spawn|open|fork)\b|\bFile\.(?:read|open)\s*\(\s*['"]|%x[{([|]/.test(text)) tally.add('starts a program as Ruby does', /\b(?:Kernel|Open3|Process)\.\w+\s*\(?\s*['"]/.test(text) ? 3.2 : 2.8);
  if (/@\{\[\s*(?:system|eval|exec|open)\b|\bopen\s*\(\s*\w+\s*,\s*['"]\|/.test(text)) tally.add('starts a program as Perl does', 3);
  if (/\b(?:process|require|global(?:This)?|console|module|child_process)\s*\[\s*(?:["'`]\w|\w+\.\w|mainModule|env\b)|^\s*(?:module\.exports\s*=|__js_function)|\$[\da-f]{1,4}:(?:\w{1,40}:){0,4}(?:constructor|__proto__|prototype)\b|\.constructor\.constructor\b|\brequire\.main\b|\.constructor\._load\b/.test(text)) tally.add('reaches for the objects of Node.js', 3);
  if (/^\s*while\s*\(\s*(?:!{1,3}\s*)?(?:true|false|this|-?\d+|NaN|null|undefined|-?Infinity|String|Array|Object|Number|Math|Date|``|''|""|\[\]|\{\}|new\s+\w+(?:\(\))?)\s*\)\s*;?\s*$/.test(text)) tally.add(probes.code, 3);
  else if (/\bwhile\s*\(\s*(?:true|1)\s*\)|\bfor\s*\(\s*;\s*;\s*\)/.test(text)) tally.add('loops for ever', 1.5);
}
