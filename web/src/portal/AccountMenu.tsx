import { actAs } from '../lib/act.ts';
import { IconBuilding, IconChevronDown, IconSettings, IconShield, IconSignOut, IconSwitch } from '../ui/icons.ts';
import { Avatar } from '../ui/kit.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { signOut, useSession } from '../ui/root.tsx';
import { toast } from '../ui/toasts.tsx';
import { kitWords } from '../words/index.ts';
import { roleName } from '../words/roleNames.ts';
import { shellWords } from './Shell.tsx';

/** Who one is, for whom one acts, and the way out. */
export function AccountMenu() {
  const t = shellWords.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const become = async (id: string) => { if (!(await actAs(id).catch(() => false))) toast(k.failed, 'bad'); };
  const others = (viewer.memberships ?? []).filter((m) => m.id !== viewer.membership?.id && m.status === 'ACTIVE');
  const items: MenuItem[] = [
    { heading: true, label: `${t.actingFor} ${viewer.organization?.name ?? t.console}` },
    ...others.map((m) => ({
      icon: m.organization ? <IconBuilding size={16} /> : <IconShield size={16} />,
      label: <>{m.organization?.name ?? t.console}<small>{roleName(m.role)}</small></>, run: () => void become(m.id),
    })),
    ...(others.length > 1 ? [{ href: '/choose', icon: <IconSwitch size={16} />, label: t.switchTo }] : []),
    ...(viewer.kind === 'STAFF' ? [{ href: '/console/', outside: true, icon: <IconShield size={16} />, label: t.console }] : []),
    { divider: true, label: '' },
    { href: '/account', icon: <IconSettings size={16} />, label: t.profile },
    { icon: <IconSignOut size={16} />, label: k.signOut, run: () => void signOut() },
  ];
  return (
    <Menu className="p-account" label={`${t.account}: ${viewer.name}`} items={items} button={<>
      <Avatar name={viewer.name} />
      <span className="p-account-name"><b>{viewer.name}</b><small>{viewer.organization?.name ?? roleName(viewer.role)}</small></span>
      <IconChevronDown size={15} className="p-account-name" aria-hidden />
    </>} />
  );
}
