/** Programs that attackers start through a shell. `certain` names mean nothing else; `words` are words of a language too and need company. */
const certain = new Set(
  ('bash zsh ksh csh tcsh dash ash busybox wget curl netcat ncat socat telnet nslookup ifconfig ipconfig netstat whoami uname hostname chmod chown chgrp mkfifo mknod useradd usermod passwd sudo ' +
    'python python2 python3 perl ruby php node lua gcc tclsh awk gawk mawk sed xargs tee base64 xxd openssl ssh scp sftp rsync ftp tftp crontab printenv ps kill pkill killall uptime lscpu lsof ' +
    'powershell pwsh cmd certutil bitsadmin rundll32 regsvr32 mshta wmic wscript cscript schtasks tasklist taskkill systeminfo reg sc vssadmin icacls attrib nmap tcpdump dig traceroute tracert ' +
    'ls pwd ping cat rm cp mv mkdir rmdir grep egrep fgrep tac nl nohup setsid strace gdb nc sh id ip ss df du env printf iwr iex irm iwmi gwmi gci icm aptitude htop lastlog regedit bcdboot bcdedit irb pry ghci column comm bridge ansible ansible-playbook ansible-galaxy chef cscli terraform vagrant helm podman ctr crictl lsblk fdisk mkfs parted dd_rescue chattr lsattr visudo chpasswd groupadd adduser addgroup getcap setcap insmod modprobe lsmod journalctl loginctl hostnamectl timedatectl firewall-cmd nft ufw ethtool arping fping hping3 tshark dumpcap socat redis-cli mysql mysqldump psql pg_dump sqlite3 mongo mongosh gcc g++ clang make cmake cargo go javac java jshell swift kotlinc scala ghc rlwrap expect screen tmux byobu at.exe cipher.exe diskshadow esentutl forfiles ieexec installutil msbuild msiexec odbcconf pcalua presentationhost regasm syncappvpublishingserver wevtutil winrm winrs xwizard qwinsta query quser nltest dsquery csvde ldifde whoami.exe arp.exe findstr doskey fsutil label.exe mode.com openfiles pathping powercfg recover robocopy xcopy setx subst takeown tpmvscmgr typeperf w32tm wbadmin wecutil expr uniq sleep getent dmesg mount umount iptables systemctl docker kubectl ansible-console ansible-pull ansible-vault ansible-doc ansible-test ansible-inventory chef-vault knife puppet salt-call pulumi rmt rmt-dump rmt-tar cpulimit lastlogin bconsole bpftrace busctl capsh cobc cpan cpio csplit cupsfilter debugfs dialog dmsetup dpkg-query dstat dvips easy_install ed.exe efax elvish enscript exiftool fmt.exe genisoimage gimp ginsh git-shell gtester hexdump hd ionice jjs jrunscript julia ksshell ksu latexmk ldconfig logsave ltrace lwp-request lwp-download mawk.exe minicom mosquitto msfconsole msgfilter multitime mutt mysqladmin nasm neofetch nroff nsenter octave openvpn opkg pandoc pax pdb pdflatex pexec pidstat pkexec pkg pg_ctl pg_restore pip3 pipx poetry pulsar qpdf rbash readelf rpmquery rpmverify rpmdb rsyslogd rview rvim runscript rtorrent sash scanmem scrot sftp-server slsh smbclient sqlmap ssh-keygen ssh-keyscan sshpass start-stop-daemon sysctl tasksh tcl tclsh8 tdbtool tmate torify torsocks troff unshare unxz update-alternatives uudecode uuencode valgrind varnishncsa vimdiff vipw virsh virtualenv wireshark xargs.exe xelatex xmodmap xmore xpad xterm yarn ypcat yash zathura zcat zsoelim zypper apt-get yum apk dpkg rpm npm pip gem')
    .split(' '),
);
const words = new Set(
  ('cd perf head tail more less sort cut find dir type echo date time who last w set export test touch kill host arp route net start copy del move more print source exec eval command which whereis locate file strings tar zip unzip gzip diff join paste split rev od dd ' +
    'history alias shutdown reboot halt init su at watch top free service make man view vi vim ed nano help ver vol tree findstr shuf fold flock trap fmt pr look cal bc dc factor yes true false logger mail sendmail finger write wall mesg ln stat link install timeout nice').split(' '),
);

/** 2: names a program; 1: may name one; 0: names none that is known. */
export function programRank(name: string): 0 | 1 | 2 {
  const bare = /(?:^|[\\/])([\w.-]+)$/.exec(name)?.[1]?.replace(/\.(?:exe|com|bat|cmd|ps1|sh)$/, '') ?? name;
  if (certain.has(bare) || certain.has(bare.replace(/\d+(?:\.\d+){1,3}$/, ''))) return 2;
  return words.has(bare) ? 1 : 0;
}

/** Verbs of PowerShell that fetch, run or decode. */
export const cmdlets =
  /\b(?:invoke-(?:expression|webrequest|restmethod|command|item|wmimethod|mimikatz|obfuscation)|start-(?:process|bitstransfer|job)|new-object\s+(?:-\w+\s+)?(?:system\.)?net\.|get-(?:content|childitem|process|wmiobject|credential|host|service|command|eventlog|aduser)|set-executionpolicy|convertto-securestring|out-file|add-type|downloadstring|downloadfile|frombase64string|iex\s*[($"'])/i;
