import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Inbox, ReadAll } from '../../ui/account/Inbox.tsx';
import { accountWords } from '../../ui/account/texts.ts';
import { IconSettings } from '../../ui/icons.ts';
import { Page } from '../../ui/kit.tsx';

/** What one has been told. */
export default function Notifications() {
  const t = accountWords.use();
  return (
    <Page title={t.inboxTitle} actions={<><ReadAll /><Button component={Link} href="/account/notifications" variant="default" leftSection={<IconSettings size={16} />}>{t.settingsLink}</Button></>}>
      <Inbox />
    </Page>
  );
}
