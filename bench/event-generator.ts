import { drawFrom as numbersFrom } from '#learn/draw.ts';

/** Events like those of a network of Windows machines with a cloud account on a day without an attack, from a seed: nothing of them is recorded. */
export type Draw = (choices: number) => number;

/** 0 to `choices` - 1. */
export function drawFrom(seed: number): Draw {
  const next = numbersFrom(seed);
  return (choices) => (next() * 2 ** 32) % choices;
}

const system = 'C:\\Windows\\System32\\';
const programs = 'C:\\Program Files\\';
const explorer = 'C:\\Windows\\explorer.exe';
const office = `${programs}Microsoft Office\\root\\Office16\\WINWORD.EXE`;
const browser = `${programs}Google\\Chrome\\Application\\chrome.exe`;
const shell = `${system}cmd.exe`;
const powershell = `${system}WindowsPowerShell\\v1.0\\powershell.exe`;

/** A program with who starts it where nothing is wrong, and what it is told; a `#` becomes a number. */
interface Start {
  readonly image: string;
  readonly parent: string;
  readonly user: string;
  readonly words: readonly string[];
}

const people = ['CORP\\mira', 'CORP\\jonas', 'CORP\\lena', 'CORP\\build'];
const machine = 'NT AUTHORITY\\SYSTEM';
const person = '';
const starts: readonly Start[] = [
  { image: `${system}svchost.exe`, parent: `${system}services.exe`, user: machine, words: ['-k netsvcs -p -s Schedule', '-k LocalService -p', '-k DcomLaunch -p', '-k NetworkService -p -s Dnscache'] },
  { image: `${system}conhost.exe`, parent: shell, user: person, words: ['0x4'] },
  { image: `${system}backgroundTaskHost.exe`, parent: `${system}svchost.exe`, user: person, words: ['-ServerName:App.AppX#.mca'] },
  { image: shell, parent: explorer, user: person, words: ['/c build.cmd #', '/c npm run build', ''] },
  { image: powershell, parent: explorer, user: person, words: ['', '-NoLogo'] },
  { image: browser, parent: browser, user: person, words: ['--type=renderer --lang=de --renderer-client-id=#', '--type=utility --lang=de --mojo-platform-channel-handle=#'] },
  { image: office, parent: explorer, user: person, words: ['/n "C:\\Users\\mira\\Documents\\report #.docx" /o ""'] },
  { image: `${programs}Git\\cmd\\git.exe`, parent: shell, user: person, words: ['status', 'fetch --prune', 'commit -m "Change #"', 'diff HEAD~#'] },
  { image: `${programs}nodejs\\node.exe`, parent: shell, user: person, words: ['build/main.js --port #', 'node_modules/typescript/bin/tsc -p .'] },
  { image: `${programs}Vendor\\agent.exe`, parent: `${system}services.exe`, user: machine, words: ['--service'] },
  { image: `${programs}Vendor\\updater.exe`, parent: `${programs}Vendor\\agent.exe`, user: machine, words: ['/silent --check #'] },
  { image: `${programs}Vendor\\report.exe`, parent: `${programs}Vendor\\agent.exe`, user: machine, words: ['-o output-#.txt https://example.org/path/#'] },
];
const folders = ['C:\\Windows\\System32\\', 'C:\\Program Files\\Vendor\\', 'C:\\Users\\mira\\AppData\\Local\\Temp\\', 'C:\\ProgramData\\'];
const dlls = [`${system}kernel32.dll`, `${system}dbghelp.dll`, `${system}version.dll`, `${system}ntdll.dll`, `${programs}Vendor\\vendor.dll`];
const keys = ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\State', 'HKU\\S-1-5-21\\Software\\Vendor\\Window', 'HKLM\\System\\CurrentControlSet\\Services\\bam\\State\\UserSettings'];
const hosts = ['www.example.org', 'updates.example.com', 'intranet.example.net', 'cdn.example.org'];
const calls = ['DescribeInstances', 'AssumeRole', 'GetObject', 'ListBuckets', 'PutObject', 'CreateTags'];

export function* generateEvents(count: number, seed: number): Generator<object> {
  const draw = drawFrom(seed);
  const kinds: readonly (readonly [share: number, make: (at: Context) => object])[] = [
    [35, processCreated], [15, imageLoaded], [10, registrySet], [8, fileCreated], [8, connected], [5, resolved], [4, accessed],
    [7, loggedOn], [3, scriptRun], [5, cloudCall],
  ];
  for (let index = 0; index < count; index++) {
    let share = draw(100);
    const time = new Date(Date.UTC(2026, 0, 1) + index * 37).toISOString();
    for (const [part, make] of kinds) {
      share -= part;
      if (share >= 0) continue;
      yield make({ draw, time, index });
      break;
    }
  }
}

interface Context {
  readonly draw: Draw;
  readonly time: string;
  readonly index: number;
}

function pick<T>(draw: Draw, list: readonly T[]): T {
  return list[draw(list.length)] as T;
}

function image({ draw }: Context): string {
  return pick(draw, starts).image;
}

function commandLine(at: Context, { image: path, words }: Start): string {
  return `"${path}" ${pick(at.draw, words)}`.replaceAll('#', () => String(at.draw(100_000))).trim();
}

function started(path: string): Start | undefined {
  return starts.find((start) => start.image === path);
}

function ownerOf(at: Context, start: Start | undefined): string {
  return start === undefined || start.user === person ? pick(at.draw, people) : start.user;
}

function hash(draw: Draw, length: number): string {
  return Array.from({ length }, () => '0123456789ABCDEF'.charAt(draw(16))).join('');
}

function windows(at: Context, channel: string, provider: string, id: number, data: object): object {
  return {
    Event: {
      System: {
        Provider: { '#attributes': { Name: provider } }, EventID: id, Version: 5, Level: 4, Task: id, Opcode: 0, Keywords: '0x8000000000000000',
        TimeCreated: { '#attributes': { SystemTime: at.time } }, EventRecordID: at.index, Execution: { '#attributes': { ProcessID: 3544, ThreadID: 4272 } },
        Channel: channel, Computer: `ws-${at.draw(200)}.example.org`, Security: { '#attributes': { UserID: 'S-1-5-18' } },
      },
      EventData: data,
    },
  };
}

function sysmon(at: Context, id: number, data: object): object {
  return windows(at, 'Microsoft-Windows-Sysmon/Operational', 'Microsoft-Windows-Sysmon', id, {
    RuleName: '-', UtcTime: at.time.replace('T', ' ').replace('Z', ''), ProcessGuid: hash(at.draw, 32), ProcessId: at.draw(30_000), User: pick(at.draw, people), ...data,
  });
}

function processCreated(at: Context): object {
  const start = pick(at.draw, starts);
  const parent = started(start.parent);
  return sysmon(at, 1, {
    Image: start.image, FileVersion: '10.0.26100', Description: 'Program', Product: 'Vendor Suite', Company: 'Vendor', OriginalFileName: start.image.slice(start.image.lastIndexOf('\\') + 1),
    CommandLine: commandLine(at, start), CurrentDirectory: 'C:\\Users\\mira\\', LogonGuid: hash(at.draw, 32), LogonId: '0x3b5e64', TerminalSessionId: 1, IntegrityLevel: 'Medium',
    Hashes: `SHA256=${hash(at.draw, 64)},IMPHASH=${hash(at.draw, 32)}`, ParentProcessGuid: hash(at.draw, 32), ParentProcessId: at.draw(30_000), ParentImage: start.parent,
    ParentCommandLine: parent === undefined ? start.parent : commandLine(at, parent), User: ownerOf(at, start), ParentUser: ownerOf(at, parent),
  });
}

function imageLoaded(at: Context): object {
  return sysmon(at, 7, {
    Image: image(at), ImageLoaded: pick(at.draw, dlls), FileVersion: '1.0', Description: 'Library', Product: 'Vendor Suite', Company: 'Vendor',
    OriginalFileName: 'library.dll', Hashes: `SHA256=${hash(at.draw, 64)}`, Signed: 'true', Signature: 'Vendor', SignatureStatus: 'Valid',
  });
}

function registrySet(at: Context): object {
  return sysmon(at, 13, { EventType: 'SetValue', Image: image(at), TargetObject: `${pick(at.draw, keys)}\\v${at.draw(5000)}`, Details: `DWORD (0x${hash(at.draw, 8)})` });
}

function fileCreated(at: Context): object {
  return sysmon(at, 11, { Image: image(at), TargetFilename: `${pick(at.draw, folders)}f${at.draw(90_000)}.tmp`, CreationUtcTime: at.time });
}

function connected(at: Context): object {
  return sysmon(at, 3, {
    Image: pick(at.draw, [browser, `${programs}Vendor\\agent.exe`, `${programs}nodejs\\node.exe`]), Protocol: 'tcp', Initiated: 'true', SourceIsIpv6: 'false', SourceIp: `10.1.7.${at.draw(255)}`, SourcePort: 49_152 + at.draw(9000),
    DestinationIp: `198.51.100.${at.draw(255)}`, DestinationHostname: pick(at.draw, hosts), DestinationPort: pick(at.draw, [443, 80, 53, 8443]),
  });
}

function resolved(at: Context): object {
  return sysmon(at, 22, { QueryName: pick(at.draw, hosts), QueryStatus: '0', QueryResults: '198.51.100.1;', Image: image(at) });
}

function accessed(at: Context): object {
  return sysmon(at, 10, { SourceImage: image(at), TargetImage: image(at), GrantedAccess: '0x1000', CallTrace: `C:\\Windows\\System32\\ntdll.dll+${hash(at.draw, 5)}`, TargetProcessId: at.draw(9000) });
}

function loggedOn(at: Context): object {
  return windows(at, 'Security', 'Microsoft-Windows-Security-Auditing', pick(at.draw, [4624, 4634, 4672, 5156, 4663]), {
    SubjectUserSid: 'S-1-5-18', SubjectUserName: `WS-${at.draw(200)}$`, SubjectDomainName: 'CORP', TargetUserName: 'mira', TargetDomainName: 'CORP', LogonType: pick(at.draw, [2, 3, 5]),
    LogonProcessName: 'Kerberos', IpAddress: `10.1.7.${at.draw(255)}`, ProcessName: image(at), ObjectName: image(at),
  });
}

function scriptRun(at: Context): object {
  return windows(at, 'Microsoft-Windows-PowerShell/Operational', 'Microsoft-Windows-PowerShell', 4104, {
    MessageNumber: 1, MessageTotal: 1, ScriptBlockText: `function Get-Report { param($Name)\n Get-ChildItem -Path $Name | Select-Object Name, Length\n}\nGet-Report C:\\Data${at.draw(99)}`, ScriptBlockId: hash(at.draw, 32), Path: '',
  });
}

function cloudCall(at: Context): object {
  return {
    eventVersion: '1.11', eventID: hash(at.draw, 32), eventTime: at.time, eventSource: 'ec2.amazonaws.com', eventName: pick(at.draw, calls), awsRegion: 'eu-central-1',
    sourceIPAddress: `198.51.100.${at.draw(255)}`, userAgent: 'aws-cli/2', readOnly: true, requestParameters: { id: hash(at.draw, 8) },
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/mira', accountId: '111122223333', userName: 'mira' },
  };
}
