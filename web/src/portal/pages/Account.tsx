import { Sections, useSections } from '../../ui/account/Sections.tsx';
import { accountWords } from '../../ui/account/texts.ts';
import { NotFound, Page } from '../../ui/kit.tsx';

/** Everything about oneself, in sections with addresses of their own. */
export default function Account({ section }: { section?: string }) {
  const t = accountWords.use();
  const { all, at } = useSections(['profile', 'security', 'notifications'], section);
  if (!at) return <NotFound />;
  return <Page title={t.title}><Sections base="/account" all={all} at={at} label={t.title} /></Page>;
}
