/** Components of a cluster and the packages that bring them; the first that is installed counts. */
export const componentPackages: Readonly<Record<string, RegExp>> = Object.freeze({
  postgresql: /^postgresql(?:-?(?:1\d|9)|1\d-server)$/,
  patroni: /^patroni$/,
  etcd: /^etcd(?:-server)?$/,
  haproxy: /^haproxy$/,
  pgbouncer: /^pgbouncer$/,
  pgbackrest: /^pgbackrest$/,
  'vip-manager': /^vip-manager$/,
});

/** Packages that tell something of a database host, by why. */
export const packageGroups = Object.freeze({
  /** Compilers and debuggers, with which an intruder builds tools on the spot. */
  toolchain: /^(?:gcc|g\+\+|clang|make|cmake|gdb|build-essential|kernel-devel|linux-headers-.*)$/,
  /** Services that send passwords in clear text or share files without asking. */
  forbidden:
    /^(?:telnetd|telnet-server|rsh-server|rsh-redone-server|ypserv|nis|tftpd(?:-hpa)?|tftp-server|vsftpd|proftpd.*|xinetd|talk-server)$/,
  /** Desktops and display servers. */
  desktop: /^(?:xserver-xorg|xorg-x11-server-Xorg|gdm3?|lightdm|gnome-shell|kde-plasma-desktop)$/,
  /** Libraries that sort text or encrypt. */
  library: /^(?:libc6|glibc|libicu\d*|libicu|openssl|libssl[\d.]+(?:t64)?)$/,
});
export type PackageGroup = keyof typeof packageGroups;
