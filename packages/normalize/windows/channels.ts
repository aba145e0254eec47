import type { Logsource } from '#model/stream.ts';

/** Services of Sigma by the channel that they mean, in lower case; taxonomy of Sigma 2.1.0, "Windows Folder". */
const services: ReadonlyMap<string, string> = new Map([
  ['security', 'security'], ['system', 'system'], ['application', 'application'], ['windows powershell', 'powershell-classic'],
  ['microsoft-windows-powershell/operational', 'powershell'], ['powershellcore/operational', 'powershell'],
  ['microsoft-windows-sysmon/operational', 'sysmon'], ['microsoft-windows-windows defender/operational', 'windefend'],
  ['microsoft-windows-taskscheduler/operational', 'taskscheduler'], ['microsoft-windows-wmi-activity/operational', 'wmi'],
  ['microsoft-windows-bits-client/operational', 'bits-client'], ['microsoft-windows-dns-client/operational', 'dns-client'],
  ['microsoft-windows-dns-server/analytical', 'dns-server-analytic'], ['microsoft-windows-dns-server/audit', 'dns-server-audit'],
  ['dns server', 'dns-server'], ['microsoft-windows-ntlm/operational', 'ntlm'],
  ['microsoft-windows-windows firewall with advanced security/firewall', 'firewall-as'],
  ['microsoft-windows-codeintegrity/operational', 'codeintegrity-operational'],
  ['microsoft-windows-appxdeploymentserver/operational', 'appxdeployment-server'],
  ['microsoft-windows-appxpackaging/operational', 'appxpackaging-om'], ['microsoft-windows-appmodel-runtime/admin', 'appmodel-runtime'],
  ['microsoft-windows-applocker/msi and script', 'applocker'], ['microsoft-windows-applocker/exe and dll', 'applocker'],
  ['microsoft-windows-applocker/packaged app-deployment', 'applocker'], ['microsoft-windows-applocker/packaged app-execution', 'applocker'],
  ['microsoft-windows-security-mitigations/kernel mode', 'security-mitigations'],
  ['microsoft-windows-security-mitigations/user mode', 'security-mitigations'],
  ['microsoft-windows-smbclient/security', 'smbclient-security'], ['microsoft-windows-smbclient/connectivity', 'smbclient-connectivity'],
  ['microsoft-windows-smbserver/connectivity', 'smbserver-connectivity'], ['microsoft-windows-printservice/admin', 'printservice-admin'],
  ['microsoft-windows-printservice/operational', 'printservice-operational'], ['microsoft-windows-ldap-client/debug', 'ldap'],
  ['microsoft-windows-terminalservices-localsessionmanager/operational', 'terminalservices-localsessionmanager'],
  ['microsoft-windows-shell-core/operational', 'shell-core'], ['microsoft-windows-lsa/operational', 'lsa-server'],
  ['microsoft-windows-driverframeworks-usermode/operational', 'driver-framework'], ['microsoft-windows-capi2/operational', 'capi2'],
  ['microsoft-windows-certificateservicesclient-lifecycle-system/operational', 'certificateservicesclient-lifecycle-system'],
  ['microsoft-windows-diagnosis-scripted/operational', 'diagnosis-scripted'], ['openssh/operational', 'openssh'],
  ['microsoft-iis-configuration/operational', 'iis-configuration'], ['msexchange management', 'msexchange-management'],
  ['microsoft-servicebus-client', 'microsoft-servicebus-client'],
]);

/** Categories of Sysmon's events by their number. */
const sysmonCategories: ReadonlyMap<number, string> = new Map([
  [1, 'process_creation'], [2, 'file_change'], [3, 'network_connection'], [4, 'sysmon_status'], [5, 'process_termination'],
  [6, 'driver_load'], [7, 'image_load'], [8, 'create_remote_thread'], [9, 'raw_access_thread'], [10, 'process_access'],
  [11, 'file_event'], [13, 'registry_set'], [14, 'registry_rename'], [15, 'create_stream_hash'], [16, 'sysmon_status'],
  [17, 'pipe_created'], [18, 'pipe_created'], [19, 'wmi_event'], [20, 'wmi_event'], [21, 'wmi_event'], [22, 'dns_query'],
  [23, 'file_delete'], [24, 'clipboard_capture'], [25, 'process_tampering'], [26, 'file_delete'], [27, 'file_block_executable'],
  [28, 'file_block_shredding'], [29, 'file_executable_detected'], [255, 'sysmon_error'],
]);

/** By service and number. */
const otherCategories: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['security', new Map([[4688, 'process_creation'], [4657, 'registry_set']])],
  ['powershell', new Map([[4103, 'ps_module'], [4104, 'ps_script']])],
  ['powershell-classic', new Map([[400, 'ps_classic_start'], [600, 'ps_classic_provider_start']])],
]);

/** Said where an event has no category: otherwise rules of every category would be tried. */
const noCategory = 'none';

/** By service, then by category: each one object, as many as the tables have. */
const known = new Map<string, Map<string, Logsource>>();

export function serviceOf(channel: string): string | undefined {
  return services.get(channel) ?? services.get(channel.toLowerCase());
}

export function logsourceOf(channel: string, id: number, eventType: unknown): Logsource {
  const service = serviceOf(channel) ?? noCategory;
  const category = service === 'sysmon' ? sysmonCategory(id, eventType) : (otherCategories.get(service)?.get(id) ?? noCategory);
  let categories = known.get(service);
  if (categories === undefined) known.set(service, (categories = new Map()));
  let found = categories.get(category);
  if (found === undefined) categories.set(category, (found = { product: 'windows', service, category }));
  return found;
}

/** Event 12 says in a field whether something was added or deleted. */
function sysmonCategory(id: number, eventType: unknown): string {
  if (id === 12) return typeof eventType === 'string' && eventType.startsWith('Delete') ? 'registry_delete' : 'registry_add';
  return sysmonCategories.get(id) ?? noCategory;
}
