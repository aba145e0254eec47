import { trait } from '../traits.ts';

/** Constructions that are a shell's own, each with the kinds of character one of which it cannot do without. */
export const shapes: readonly (readonly [pattern: RegExp, what: string, weight: number, needs: number])[] = [
  [/\(\)\s*\{\s*:?\s*;?\s*[:_a-z]?[^}]{0,40}\}\s*;/, 'defines a function as Shellshock does', 4, trait.brace],
  [/\/dev\/(?:tcp|udp)\/[\w.-]+\/\d+/, 'opens a connection through /dev/tcp', 4, trait.slash],
  [/\$\{?IFS\b/, 'uses the shell’s separator for a space', 2.5, trait.dollar],
  [/\b(?:ba|z|k|c|da)?sh\s+-[ic]{1,2}\b|\b(?:nc|ncat|netcat)\b\s[^|;]{0,40}-[a-z]*e\b/, 'starts a shell', 3.2, trait.space],
  [/\bpowershell(?:\.exe)?\b[^\n]{0,60}\s-(?:e|enc\w*|nop\w*|noni\w*|w|windowstyle|c|command|ep|exec\w*|f|file)\b/i, 'starts PowerShell with arguments', 4, trait.space],
  [/\bcmd(?:\.exe)?\s*\/[ckr]\b/i, 'starts the command interpreter of Windows', 3.5, trait.slash],
  [/(?:^|[;|&\s])(?:wget|curl|fetch|lwp-download)\s[^;|:]{0,60}(?:https?|ftp):\/\/[^|\s]{1,120}[^|]{0,20}\|\s*(?:\S*\/)?(?:ba|z|k|da)?sh\b/i, 'fetches a script and runs it', 4, trait.pipe],
  [/\b(?:python[23]?|perl|ruby|php|node|lua)\d?\s+-[a-z]*[ecr]\b/i, 'gives an interpreter a program', 3, trait.space],
  [/[0-9&]?>\s*&?\s*(?:\/dev\/null|\/tmp\/|\/var\/www)|2>&1/, 'redirects output', 1.5, trait.greater],
  [/<<<\s*['"$\w]/, 'uses a here-string', 1.2, trait.angle],
  [/(?:^|[^\w$])\$'(?:\\x[0-9a-f]{2}|\\[0-7]{3}|\w)+'/i, 'hides text in escapes of the shell', 2.5, trait.dollar],
  [/\$\{[a-z_]\w{0,20}(?::\d|[#%/]|:?[-+=?]|\^\^|,,|@[PQ])[^}]{0,40}\}/i, 'cuts text out of variables', 2, trait.dollar],
  [/\$\(\(|\$\(\s*<|\$\([^)]{0,40}\|\s*\w/, 'substitutes a command', 2, trait.dollar],
  [/%(?:comspec|systemroot|programfiles|windir|appdata|programdata)(?::~[-\d,]+)?%/i, 'uses a variable of Windows', 2, trait.percent],
  [/\b(?:certutil(?:\.exe)?\s+-(?:urlcache|decode)|bitsadmin\s+\/transfer|regsvr32\s+\/|rundll32\s+\S+,|mshta\s+(?:https?|javascript|vbscript):|wmic\s+(?:process|os|\/node))/i, 'misuses a tool of Windows', 4, trait.space],
  [/\b(?:net\s+(?:user|localgroup|share|view|group)\b|reg\s+(?:add|query|save)\s+hk|schtasks\s+\/(?:create|query|run)|sc\s+(?:create|config|query)\b)/i, 'administers Windows', 2.2, trait.space],
  [/\bfor\s+(?:\/[dlrf]\s+(?:"[^"]{0,80}"\s+|\S{1,80}\s+)?)?%{1,2}\S{1,20}\s+in\s*\([^)]{0,200}\)\s*do\b/i, 'loops as the command interpreter of Windows does', 3.5, trait.percent],
  [/\bif\s+(?:\/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel|cmdextversion)\s+\S{1,80}\s+(?:\(|echo|set|goto|call|exit|del|start|cmd|dir|type|rem|copy|md|rd)\b|\S{1,60}\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*\S{1,60}\s+(?:\(|echo|set|goto|call|exit|del|start|cmd|dir|type|rem|copy|md|rd)\b)/i, 'branches as the command interpreter of Windows does', 3, trait.space],
  [/\$\{?(?:SHELL|BASH|0)\}?\s+-c\b/, 'starts a shell', 3.2, trait.dollar],
  [/(?:^|[;|&\n]\s{0,4})alias\s+(?:-\w+\s+)*['"]?[\w]+['"]?=/, 'gives a program another name', 2.4, trait.equals],
  [/^\s*>{1,2}\s*\/(?:tmp|var|etc|dev|home|root)\//, 'writes a file', 3, trait.greater],
  [/(?:^|[^\w.-])dir[\s+]+(?:\/[a-z]\s*)*[a-z]:(?:[\\/|"+&;]|$)|(?:^|[^\w.-])type[\s+]+(?:[a-z]:\\|%\w+%)/i, 'lists or prints files of Windows', 3, trait.colon | trait.percent],
];
