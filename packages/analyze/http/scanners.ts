/** Programs that look for weaknesses and say who they are. Browsers, monitors and search engines are none. */
const scanner =
  /\b(?:sqlmap|nikto|nmap(?: scripting engine)?|masscan|zgrab|zmap|nuclei|wpscan|joomscan|droopescan|dirbuster|dirb|gobuster|ffuf|feroxbuster|wfuzz|acunetix|nessus|openvas|qualys|arachni|w3af|havij|jaeles|whatweb|zaproxy|owasp zap|skipfish|vega\/\d|burp(?:suite|collaborator)|commix|xsser|fimap|metasploit|webinspect|netsparker|invicti|appscan|paros|grabber|jbrofuzz|dirsearch|httpx - open-source|subfinder|naabu|projectdiscovery|bbscan|morfeus|zmeu|l9explore|l9tcpid|leakix|libredtail|toata|n-stealth|absinthe|brutus|hydra|medusa\/|springenum|tsunamisecurityscanner|wapiti|whatwaf|detectify|intruder\.io|visionutils|fuzz faster u fool|rustbuster|katana\/|interactsh|crlfuzz|dalfox|ssrfmap|tplmap|nosqlmap|cmsmap|evil-?bot|python-?nmap)\b/i;

/** The name under which a scanner introduces itself, in lower case. */
export function scannerOf(userAgent: string): string | undefined {
  return scanner.exec(userAgent.slice(0, 1_024))?.[0].toLowerCase();
}
