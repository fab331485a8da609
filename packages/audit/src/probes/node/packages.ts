import { defineProbe } from '../../probe.ts';
import { componentPackages, packageGroups, type PackageGroup } from '../../node/package-groups.ts';

/** One installed package. */
export interface NodePackage {
  readonly name: string;
  /** As the package manager says it: `15.20-0+deb12u1`. */
  readonly version: string;
  /** Who built it: `Debian PostgreSQL Maintainers <…>`, `PostgreSQL Global Development Group`. */
  readonly vendor: string;
}

export interface NodePackages {
  readonly manager: 'dpkg' | 'rpm' | null;
  readonly installed: number;
  /** Component -> its package. A component that is not there, or came without a package, has no entry. */
  readonly components: Readonly<Record<string, NodePackage>>;
  readonly groups: Readonly<Record<PackageGroup, readonly NodePackage[]>>;
}

/** Packages of the components, and those that a database host should be without. */
export const nodePackages = defineProbe({
  id: 'node.packages',
  subject: 'node',
  title: 'Installed packages of the components, compilers, services and libraries (dpkg-query, rpm)',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<NodePackages> {
    const dpkg = await node.run('dpkg-query', [
      '-W',
      '-f=${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Maintainer}\\n',
    ]);
    const isDpkg = dpkg?.exitCode === 0;
    const rpm = isDpkg
      ? undefined
      : await node.run('rpm', ['-qa', '--qf=ii\\t%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{VENDOR}\\n']);
    const packages = parsePackages((isDpkg ? dpkg.stdout : rpm?.stdout) ?? '');
    const among = (pattern: RegExp): readonly NodePackage[] => packages.filter(({ name }) => pattern.test(name));
    return {
      manager: isDpkg ? 'dpkg' : rpm?.exitCode === 0 ? 'rpm' : null,
      installed: packages.length,
      components: Object.fromEntries(
        Object.entries(componentPackages).flatMap(([component, pattern]) => {
          const newest = among(pattern).at(-1);
          return newest === undefined ? [] : [[component, newest]];
        }),
      ),
      groups: {
        toolchain: among(packageGroups.toolchain),
        forbidden: among(packageGroups.forbidden),
        desktop: among(packageGroups.desktop),
        library: among(packageGroups.library),
      },
    };
  },
});

const parsePackages = (text: string): readonly NodePackage[] =>
  text
    .split('\n')
    .flatMap((line) => {
      const [status = '', name, version, vendor] = line.split('\t');
      return status.startsWith('ii') && name !== undefined && version !== undefined
        ? [{ name, version, vendor: vendor ?? '' }]
        : [];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
