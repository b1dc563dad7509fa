import { actAs } from '../lib/act.ts';
import { IconBuilding, IconExternal, IconSettings, IconShield, IconSignOut } from '../ui/icons.ts';
import { Avatar } from '../ui/kit.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { signOut, useSession } from '../ui/root.tsx';
import { toast } from '../ui/toasts.tsx';
import { kitWords } from '../words/index.ts';
import { roleName } from '../words/roleNames.ts';
import { shellWords } from './Shell.tsx';

/** Who one is, other identities, settings, and the way out. */
export function StaffMenu({ up }: { up?: boolean }) {
  const t = shellWords.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const become = async (id: string, customer: boolean) => {
    if (!(await actAs(id).catch(() => false))) toast(k.failed, 'bad');
    else if (customer) location.assign('/');
  };
  const others = (viewer.memberships ?? []).filter((m) => m.id !== viewer.membership?.id && m.status === 'ACTIVE');
  const items: MenuItem[] = [
    ...(others.length ? [{ heading: true, label: t.actAs }] : []),
    ...others.map((m) => ({
      icon: m.organization ? <IconBuilding size={16} /> : <IconShield size={16} />,
      label: <>{m.organization?.name ?? t.console}<small>{roleName(m.role)}</small></>, run: () => void become(m.id, !!m.organization),
    })),
    { href: '/settings', icon: <IconSettings size={16} />, label: t.settings },
    { href: '/', outside: true, icon: <IconExternal size={16} />, label: t.portal },
    { icon: <IconSignOut size={16} />, label: k.signOut, run: () => void signOut() },
  ];
  return (
    <Menu className={up ? 'p-account c-me' : 'f-icon'} up={up} start={up} label={`${viewer.name}, ${roleName(viewer.role)}`} items={items} button={<>
      <Avatar name={viewer.name} />{up && <span><b>{viewer.name}</b><small>{roleName(viewer.role)}</small></span>}
    </>} />
  );
}
