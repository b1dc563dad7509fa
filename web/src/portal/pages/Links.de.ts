import type { Same } from '../../lib/words.ts';
import type en from './Links.en.ts';

const links: Same<typeof en> = {
  forgotten: {
    title: 'Neues Passwort setzen',
    text: 'Geben Sie die Adresse an, mit der Sie sich anmelden. Wenn wir sie kennen, kommt ein Link dorthin.',
    send: 'Link senden',
    sentTitle: 'Sehen Sie in Ihre E-Mails',
    sent: (email, minutes) => `Wenn sich jemand mit ${email} anmeldet, ist ein Link unterwegs. Er gilt ${minutes} Minuten und nur einmal.`,
    sentHelp: 'Nichts da? Sehen Sie im Ordner für unerwünschte E-Mails nach, oder versuchen Sie eine andere Adresse.',
    otherAddress: 'Andere Adresse versuchen',
  },
  password: { title: 'Neues Passwort wählen', text: 'Damit werden Sie angemeldet. Überall sonst werden Sie abgemeldet.', send: 'Passwort setzen' },
  invitation: {
    title: 'Sie sind eingeladen',
    text: (organization) => `Sie können in diesem Portal für ${organization} handeln.`,
    staff: 'Sie gehören künftig zum Team.',
    name: 'Name', role: 'Rolle', organization: 'Für',
    choose: 'Wählen Sie ein Passwort, dann sind Sie drin.',
    have: 'Sie haben schon ein Konto. Nehmen Sie an und melden Sie sich dann wie immer an.',
    accept: 'Einladung annehmen',
    acceptedTitle: 'Angenommen',
    accepted: 'Melden Sie sich an, um weiterzumachen. Im Menü bei Ihrem Namen wählen Sie, für wen Sie handeln.',
  },
  setup: { title: 'Portal einrichten', text: 'Legen Sie den ersten Administrator an. Alle anderen können danach eingeladen werden.', name: 'Ihr Name', send: 'Administrator anlegen' },
  newPassword: 'Neues Passwort',
  incompleteTitle: 'Dieser Link ist nicht vollständig',
  incomplete: 'Öffnen Sie ihn genau so, wie er in der E-Mail steht: Kopieren Sie die ganze Adresse, falls sie umbrochen ist.',
  usedTitle: 'Dieser Link gilt nicht mehr',
  used: {
    password: 'Er gilt einmal und nur eine Weile. Lassen Sie sich einen neuen senden.',
    invitation: 'Die Einladung wurde angenommen, zurückgezogen, neu gesendet oder ist zu alt. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.',
    setup: 'Es gibt schon einen Administrator, oder der Link ist zu alt. Ein Neustart des Servers gibt einen neuen aus.',
  },
  another: 'Neuen Link senden',
  toSignIn: 'Zur Anmeldung',
  checking: 'Die Einladung wird geprüft',
};
export default links;
