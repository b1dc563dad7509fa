import { ReadAll } from '../../ui/account/Inbox.tsx';
import { Sections, useSections } from '../../ui/account/Sections.tsx';
import { accountWords } from '../../ui/account/texts.ts';
import { NotFound, Page } from '../../ui/kit.tsx';

/** Everything about oneself, and what one has been told. */
export default function Settings({ section }: { section?: string }) {
  const t = accountWords.use();
  const { all, at } = useSections(['inbox', 'profile', 'security', 'notifications'], section);
  if (!at) return <NotFound />;
  return <Page title={at === 'inbox' ? t.sections.inbox : t.settings} wide actions={at === 'inbox' ? <ReadAll /> : undefined}><Sections base="/settings" all={all} at={at} label={t.settings} /></Page>;
}
