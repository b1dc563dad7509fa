import '../ui/styles.ts';
import { apply } from '../lib/scheme.ts';
import { start } from '../lib/session.ts';

apply();
// Who is there is asked while the application is still on its way.
const started = start();
started.catch(() => undefined); // the application says it
void import('./portal-app.tsx').then((app) => app.run(started));
