// Training as trainers see it: a course is written, is told what it lacks, is published,
// learned and graded; a question that was wrong is mended once one has seen what that
// changes; and who learns and holds what.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`courses on ${database.name}`, () => {
    let server, browser, staff, course, home;
    const tokens = {};
    const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
    })).json();
    const ask = async (email, query, variables = {}) => {
      tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    /** A mutation by a customer, which has to be good. */
    const act = async (email, name, type, input, answer) => {
      const payload = (await ask(email, `mutation($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`, { input }))[name];
      assert.deepEqual(payload.userErrors, []);
      return payload;
    };
    const trainer = people.STAFF_TRAINER, buyer = people.ORG_BUYER, member = people.ORG_MEMBER;
    const said = async (text, page = staff) => {
      const toast = page.locator('.f-toast').filter({ hasText: text });
      await toast.waitFor();
      await toast.getByRole('button').click({ timeout: 6_000 }).catch(() => undefined); // or it went by itself
      await toast.waitFor({ state: 'detached' });
    };
    const dialog = (name, page = staff) => page.getByRole('dialog', { name });
    const part = async (name) => staff.getByRole('navigation', { name: 'Parts of the course' }).getByRole('link', { name }).click();
    const save = async () => { await staff.getByRole('button', { name: 'Save the draft' }).click(); await said('The draft is saved'); };
    const stored = async () => (await ask(trainer, 'query($id: ID!) { course(id: $id) { version status isChanged seats problems { path code } current { id number } draft { title { en } modules { key lessons { key kind } } } } }', { id: course })).course;
    const clean = async (page, name) => {
      await settled(page);
      assert.deepEqual(await problems(page), []);
      assert.equal(await overflow(page), 0);
      await shoot(page, name);
    };
    /** Adds a lesson of a kind to the first chapter, and is in it. */
    const addLesson = async (kind, title) => {
      await staff.getByRole('button', { name: /^Add a lesson to/ }).first().click();
      await staff.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
      await staff.getByLabel('Title of the lesson').fill(title);
    };
    const back = async () => staff.getByRole('button', { name: 'All lessons' }).click();

    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      for (const who of [trainer, people.STAFF_ADMIN, buyer, member]) await ask(who, 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
      staff = await visit(browser, server);
      await signIn(staff, trainer, '/console/');
    });
    after(async () => { await staff?.done().catch((e) => { throw e; }); await browser?.close(); await server?.stop(); });

    test('a trainer writes a course, is told what it lacks, each thing at its place, and mends it', async () => {
      await staff.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Courses' }).click();
      await staff.getByRole('button', { name: 'New course' }).first().click();
      const form = dialog('New course');
      await form.getByRole('checkbox', { name: 'German' }).uncheck();
      await form.getByLabel('Title, English').fill('Safe lifting');
      assert.equal(await form.getByLabel('Key').inputValue(), 'safe-lifting');
      await form.getByRole('button', { name: 'Begin the course' }).click();
      await staff.getByRole('heading', { level: 1, name: 'Safe lifting' }).waitFor();
      home = new URL(staff.url()).pathname;
      course = home.split('/').at(-1);

      await staff.getByRole('button', { name: 'Welcome', exact: true }).click();
      await staff.getByLabel('Text', { exact: true }).fill('# Lifting\n\nBend your **knees**.\n\n<script>alert(1)</script>');
      await staff.getByRole('button', { name: 'Preview', exact: true }).click();
      await staff.locator('.tr-shown h2', { hasText: 'Lifting' }).waitFor(); // below the heading of the page
      await staff.locator('.tr-shown strong', { hasText: 'knees' }).waitFor();
      assert.equal(await staff.locator('.tr-shown script').count(), 0);
      await back();

      await addLesson('Quiz', 'What do you know?');
      await staff.getByLabel('Choice 1', { exact: true }).fill('The back');
      await staff.getByLabel('Choice 2', { exact: true }).fill('The knees');
      await staff.getByRole('button', { name: 'Save the draft' }).click();
      await said('The draft is saved');
      await staff.getByText('2 things have to be put right').waitFor(); // the question, and its third choice
      assert.equal((await stored()).problems.length, 2, 'what is not finished yet is kept');
      await clean(staff, 'courses-unsound');
      await staff.getByRole('button', { name: 'Publish', exact: true }).click();
      await dialog('Publish version 1?').getByRole('button', { name: 'Publish', exact: true }).click();
      await dialog('Publish version 1?').getByText('It cannot be published:').waitFor();
      assert.equal((await stored()).current, null);
      await dialog('Publish version 1?').getByRole('button', { name: 'Cancel' }).click();

      await staff.getByRole('button', { name: /^What do you know\?, Question 1/ }).first().click(); // leads to its place
      await staff.getByLabel('Question', { exact: true }).fill('What do you lift with?');
      await staff.getByRole('button', { name: 'Choice 3: take out' }).click();
      await staff.getByText(/have to be put right|has to be put right/).waitFor({ state: 'detached' });
      await staff.getByRole('button', { name: 'As learners see it' }).click();
      await dialog('As learners see it').getByText('What do you lift with?').waitFor();
      await clean(staff, 'courses-preview');
      await dialog('As learners see it').getByRole('button', { name: 'Close' }).click();
      await back();

      await addLesson('Assignment', 'Show it');
      await staff.getByLabel('What is to be done', { exact: true }).fill('Describe how you lift a box.');
      await staff.getByLabel('Criterion 1', { exact: true }).fill('Posture');
      await staff.getByText(/has to be put right/).waitFor({ state: 'detached' });
      await part('About');
      await staff.getByRole('button', { name: 'Add a certificate' }).click();
      await staff.getByLabel('What its holder has shown', { exact: true }).fill('Lifts safely.');
      await save();
      const now = await stored();
      assert.deepEqual(now.problems, []);
      assert.deepEqual(now.draft.modules.map((m) => m.lessons.map((l) => l.kind)), [['TEXT', 'QUIZ', 'ASSIGNMENT']]);
      await clean(staff, 'courses-about');
    });

    test('it goes to review and is published; customers see it then, and not before', async () => {
      const offered = async () => (await ask(buyer, 'query { courses(first: 100) { edges { node { id } } } }')).courses.edges.some((e) => e.node.id === course);
      assert.equal(await offered(), false);
      await staff.getByRole('button', { name: 'Send to review' }).click();
      await dialog('Send the draft to review?').getByRole('button', { name: 'Send to review' }).click();
      await said('The draft is in review');
      assert.equal((await stored()).status, 'REVIEW');
      await staff.getByRole('button', { name: 'Publish', exact: true }).click();
      const publish = dialog('Publish version 1?');
      await publish.getByLabel('What has changed').fill('The first one');
      await clean(staff, 'courses-publish');
      await publish.getByRole('button', { name: 'Publish', exact: true }).click();
      await said('Version 1 is published');
      await part('Overview');
      await staff.getByRole('heading', { name: 'What is learned' }).waitFor();
      assert.equal(await offered(), true);
      await clean(staff, 'courses-overview');
    });

    const learner = {};
    /** Learns the course by the API up to the assignment, and answers its question. */
    const learn = async (email, answer) => {
      const e = (await act(email, 'enroll', 'EnrollInput', { courseId: course }, 'enrollment { id modules { lessons { key kind } } }')).enrollment;
      const lesson = Object.fromEntries(e.modules.flatMap((m) => m.lessons).map((l) => [l.kind, l.key]));
      const at = new Date().toISOString();
      await act(email, 'recordLearning', 'RecordLearningInput', { sentAt: at, events: [{ id: 'opened', enrollmentId: e.id, lesson: lesson.TEXT, kind: 'OPENED', at }] }, 'accepted');
      const a = (await act(email, 'startAttempt', 'StartAttemptInput', { enrollmentId: e.id, lesson: lesson.QUIZ }, 'attempt { id version questions { choices } }')).attempt;
      const done = (await act(email, 'submitAttempt', 'SaveAnswersInput', { attemptId: a.id, version: a.version, answers: [{ question: 1, places: [a.questions[0].choices.indexOf(answer) + 1] }] }, 'attempt { id passed }')).attempt;
      return { enrollment: e.id, lesson, attempt: done.id, passed: done.passed };
    };

    test('what a customer hands in waits in the queue, is graded with points and words, and earns the certificate', async () => {
      Object.assign(learner, await learn(buyer, 'The back')); // what the trainer has marked
      assert.equal(learner.passed, true);
      await act(buyer, 'submitAssignment', 'SubmitAssignmentInput', { enrollmentId: learner.enrollment, lesson: learner.lesson.ASSIGNMENT, text: 'I bend my knees, and keep my back straight.' }, 'submission { id }');
      await staff.goto(`/console/submissions?course=${course}`);
      await staff.getByRole('link', { name: /Katrin Voss/ }).click();
      await staff.getByText('I bend my knees, and keep my back straight.').waitFor();
      await staff.getByText('Describe how you lift a box.').waitFor();
      const form = staff.getByRole('form', { name: 'Grade' });
      await form.getByRole('button', { name: 'Save the grade' }).click();
      await form.getByText('0 to 10').waitFor(); // nothing is sent without points
      await form.getByLabel('Points for Posture, up to 10').fill('9');
      await form.getByLabel('On Posture').fill('A straight back.');
      await form.getByLabel('On all of it').fill('Well done.');
      await form.getByText('It passes.').waitFor();
      await clean(staff, 'courses-grade');
      await form.getByRole('button', { name: 'Save the grade' }).click();
      await said('It is passed');
      const e = (await ask(buyer, 'query($id: ID!) { enrollment(id: $id) { status percent certificate { id number status } } }', { id: learner.enrollment })).enrollment;
      assert.deepEqual([e.status, e.percent, e.certificate.status], ['COMPLETED', 100, 'VALID']);
      learner.number = e.certificate.number;
      await staff.goto(`/console/learners/${learner.enrollment}`);
      await staff.getByText(learner.number).waitFor();
      await clean(staff, 'courses-learner');
    });

    test('a question that was wrong is mended once one has seen what that changes, and no other result changes', async () => {
      const other = await learn(member, 'The knees');
      assert.equal(other.passed, false);
      await staff.goto(home);
      await part('Versions');
      await staff.getByRole('link', { name: 'Version 1' }).click();
      await staff.getByRole('button', { name: 'Mend question 1' }).click();
      const form = dialog('Mend a question');
      await form.getByRole('checkbox', { name: 'The back' }).uncheck();
      await form.getByRole('checkbox', { name: 'The knees' }).check();
      await form.getByLabel('Why').fill('The key was wrong');
      await form.getByRole('button', { name: 'Show what changes' }).click();
      const shown = form.getByRole('region', { name: 'What changes' });
      await shown.getByText(/of 2 attempts/).waitFor();
      await shown.getByRole('row', { name: /Amina Yusuf.*now passed/ }).waitFor();
      const passed = async () => (await ask(member, 'query($id: ID!) { node(id: $id) { ... on Attempt { passed regraded } } }', { id: other.attempt })).node;
      assert.deepEqual(await passed(), { passed: false, regraded: false }, 'nothing has changed yet');
      await clean(staff, 'courses-regrade');
      await form.getByRole('button', { name: /^Mend it/ }).click();
      await said('The question is mended');
      assert.deepEqual(await passed(), { passed: true, regraded: true });
      assert.equal((await ask(buyer, 'query($id: ID!) { node(id: $id) { ... on Attempt { passed } } }', { id: learner.attempt })).node.passed, true, 'nobody who has passed loses it');
      await staff.getByText('The key was wrong').waitFor();
      await clean(staff, 'courses-version');
      await part('Figures');
      await staff.getByRole('heading', { name: 'How questions fare' }).waitFor();
      await staff.getByRole('button', { name: /^Details: What do you lift with/ }).click();
      await clean(staff, 'courses-figures');
    });

    test('somebody else has saved meanwhile: it is said, and what was typed stays until one chooses', async () => {
      await part('About');
      await staff.getByLabel('Title', { exact: true }).fill('Safe lifting at work');
      const now = await stored();
      await act(people.STAFF_ADMIN, 'saveCourse', 'SaveCourseInput', { id: course, version: now.version, seats: 30 }, 'course { id }');
      staff.pardon(/409/);
      await staff.getByRole('button', { name: 'Save the draft' }).click();
      await staff.getByText('Somebody else has changed this course in the meantime').waitFor();
      assert.equal(await staff.getByLabel('Title', { exact: true }).inputValue(), 'Safe lifting at work');
      assert.equal((await stored()).draft.title.en, 'Safe lifting', 'nothing was overwritten');
      await settled(staff);
      await staff.getByRole('button', { name: 'Keep mine, and save over theirs' }).click();
      await save();
      const then = await stored();
      assert.deepEqual([then.draft.title.en, then.seats], ['Safe lifting at work', 30]);
      await staff.getByText('Not saved yet').waitFor({ state: 'detached' });
    });

    test('places and rules hold at once, and stand beside what is written', async () => {
      await part('Places and rules');
      await staff.getByLabel('Seats').fill('25');
      await staff.getByLabel('Days until it is due').fill('14');
      await staff.getByRole('checkbox', { name: /^Only for some customers/ }).check();
      await staff.getByText('With nobody named, nobody sees the course.').waitFor();
      await staff.getByLabel('For these customers').fill('Nordholm M');
      await staff.getByRole('option', { name: /Nordholm Metallbau/ }).click();
      await clean(staff, 'courses-settings');
      await staff.getByRole('button', { name: 'Save places and rules' }).click();
      await said('Places and rules are saved');
      const c = (await ask(trainer, 'query($id: ID!) { course(id: $id) { seats restricted audience { organizations { name } } rules { dueDays } } }', { id: course })).course;
      assert.deepEqual([c.seats, c.restricted, c.audience.organizations.length, c.rules.dueDays], [25, true, 1, 14]);
      // What the page itself has saved is nobody else's doing: once more, without a word of others.
      await staff.getByLabel('Seats').fill('26');
      await staff.getByRole('button', { name: 'Save places and rules' }).click();
      await said('Places and rules are saved');
      assert.equal((await stored()).seats, 26);
      const seen = async (email) => (await ask(email, 'query { courses(first: 100) { edges { node { id } } } }')).courses.edges.some((e) => e.node.id === course);
      assert.deepEqual([await seen(buyer), await seen(member)], [true, false]);
    });

    test('people of a customer are enrolled with a day, which can be set anew; somebody is taken out', async () => {
      await staff.goto(home);
      await staff.getByRole('button', { name: 'Enroll people' }).click();
      const form = dialog(/^Enroll people in/);
      await form.getByLabel('Customer').fill('Nordholm M');
      await staff.getByRole('option', { name: /Nordholm Metallbau/ }).click();
      await form.getByRole('checkbox', { name: /Birte Claasen/ }).check();
      await form.getByLabel('To be done by').fill('2099-05-01');
      await clean(staff, 'courses-enroll');
      await form.getByRole('button', { name: 'Enroll 1 person' }).click();
      await said('1 person is in.');
      await staff.goto(`/console/learners?course=${course}`);
      await staff.getByRole('link', { name: /Birte Claasen/ }).click();
      await staff.getByRole('button', { name: 'Set the due day' }).click();
      await dialog('Set the due day').getByLabel('To be done by').fill('2099-06-01');
      await dialog('Set the due day').getByRole('button', { name: 'Set the due day' }).click();
      await said('The due day is saved');
      const id = staff.url().split('/').at(-1);
      const now = async () => (await ask(trainer, 'query($id: ID!) { enrollment(id: $id) { status dueAt reason } }', { id })).enrollment;
      assert.match((await now()).dueAt, /^2099-06-01/);
      await staff.getByRole('button', { name: 'Take out' }).click();
      await dialog(/^Take Birte Claasen out/).getByLabel('Reason').fill('Another course fits better');
      await dialog(/^Take Birte Claasen out/).getByRole('button', { name: 'Take out' }).click();
      await said('Birte Claasen is taken out');
      assert.equal((await now()).status, 'WITHDRAWN');
    });

    test('a lesson that a trainer says is done, and a learner who is moved to the latest version', async () => {
      const both = (text) => ({ en: text, de: `${text} (de)` });
      const lesson = (key, title, rule) => ({ key, kind: 'TEXT', title: both(title), minutes: 5, body: both('Words.'), rule: { kind: rule } });
      const written = (...lessons) => ({ title: both('On site'), languages: ['en', 'de'], modules: [{ key: 'm', title: both('All of it'), lessons }] });
      const shown = lesson('shown', 'Shown on site', 'TRAINER'), more = lesson('more', 'New in it', 'VIEW');
      const publish = async (input) => {
        const draft = (await act(trainer, 'saveCourse', 'SaveCourseInput', input, 'course { id version }')).course;
        return (await act(trainer, 'publishCourse', 'PublishCourseInput', { id: draft.id, version: draft.version }, 'course { id version }')).course;
      };
      const first = await publish({ key: 'on-site', document: written(shown, lesson('read', 'To read', 'VIEW')) });
      const id = (await act(buyer, 'enroll', 'EnrollInput', { courseId: first.id }, 'enrollment { id }')).enrollment.id;
      const state = async () => (await ask(buyer, 'query($id: ID!) { enrollment(id: $id) { versionNumber modules { lessons { key status } } } }', { id })).enrollment;
      await staff.goto(`/console/learners/${id}`);
      await staff.getByRole('button', { name: 'Mark “Shown on site” as done' }).click();
      await dialog('Mark “Shown on site” as done').getByText('Katrin Voss has shown this to a trainer.').waitFor();
      await clean(staff, 'courses-mark');
      await dialog('Mark “Shown on site” as done').getByRole('button', { name: 'Mark as done' }).click();
      await said('“Shown on site” is done');
      assert.deepEqual((await state()).modules[0].lessons.map((l) => l.status), ['DONE', 'OPEN']);

      await publish({ id: first.id, version: first.version, document: written(shown, lesson('read', 'To read', 'VIEW'), more) });
      assert.equal((await state()).versionNumber, 1, 'nobody is moved unasked');
      await staff.reload();
      await staff.getByRole('button', { name: 'Move to the latest version' }).click();
      await dialog('Move to the latest version').getByRole('button', { name: 'Move', exact: true }).click();
      await said('They go on by the latest version');
      await staff.getByText('New in it').waitFor();
      const now = await state();
      assert.deepEqual([now.versionNumber, now.modules[0].lessons.map((l) => `${l.key} ${l.status}`)], [2, ['shown DONE', 'read OPEN', 'more OPEN']]);
      assert.equal(await staff.getByRole('button', { name: 'Move to the latest version' }).count(), 0);

      // What is typed is seen as learners will, before it is saved.
      await staff.goto(`/console/courses/${first.id}?part=content&open=read`);
      await staff.getByLabel('Text, English').fill('Not **saved** anywhere');
      await staff.getByRole('button', { name: 'As learners see it' }).click();
      await dialog('As learners see it').locator('strong', { hasText: 'saved' }).waitFor();
      await dialog('As learners see it').getByRole('button', { name: 'German' }).click();
      await dialog('As learners see it').getByText('Words. (de)').waitFor();
      await dialog('As learners see it').getByRole('button', { name: 'Close' }).click();
      const draft = async () => (await ask(trainer, 'query($id: ID!) { course(id: $id) { draft { languages title { en de } modules { lessons { body { en de } } } } } }', { id: first.id })).course.draft;
      assert.equal((await draft()).modules[0].lessons[1].body.en, 'Words.');

      // A language is taken out once it is said what goes with it, and can be added again.
      await part('About');
      const languages = staff.getByRole('list', { name: 'Languages' });
      await staff.getByRole('button', { name: 'Take out German' }).click();
      const gone = dialog('Take German out?');
      await gone.getByText('8 texts go with it').waitFor(); // the title, that of the chapter, and two of each lesson
      await gone.getByRole('listitem').filter({ hasText: 'New in it' }).getByText('2 texts').waitFor();
      await clean(staff, 'courses-language');
      await gone.getByRole('button', { name: 'Take out', exact: true }).click();
      await until(() => languages.getByRole('listitem').allInnerTexts(), (all) => assert.deepEqual(all, ['English']));
      await save();
      const left = await draft();
      assert.deepEqual([left.languages, left.title, left.modules[0].lessons[1].body], [['en'], { en: 'On site', de: null }, { en: 'Not **saved** anywhere', de: null }]);
      await staff.getByLabel('Add a language').selectOption({ label: 'German' });
      await staff.getByLabel('Title, German').waitFor();
      await staff.getByRole('button', { name: 'Discard' }).click();
      await staff.getByLabel('Title, German').waitFor({ state: 'detached' });
    });

    test('what is written while a file is sent, or a course is looked for, is not lost', async () => {
      await staff.goto(`${home}?part=content`);
      await addLesson('File', 'The sheet');
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await staff.route('**/graphql', async (route) => { if ((route.request().postData() ?? '').includes('AddCourseFile')) await held; return route.fallback(); });
      await staff.getByLabel('Upload a file').setInputFiles({ name: 'sheet.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nA sheet\n%%EOF\n') });
      await staff.getByLabel('Title of the lesson').fill('The sheet to print');
      release();
      await staff.getByText('sheet.pdf').waitFor();
      assert.equal(await staff.getByLabel('Title of the lesson').inputValue(), 'The sheet to print');

      // The draft is looked at while a course is picked: what was found before that counts.
      let look;
      const checked = new Promise((resolve) => { look = resolve; });
      await part('About');
      await settled(staff);
      await staff.route('**/graphql', async (route) => { if ((route.request().postData() ?? '').includes('query CheckCourse')) await checked; return route.fallback(); });
      const sent = staff.waitForRequest((r) => (r.postData() ?? '').includes('query CheckCourse'));
      await staff.getByLabel('Colour as #rrggbb').fill('#123456');
      await sent;
      await staff.getByLabel('Add a course').click();
      const found = staff.getByRole('listbox', { name: 'Add a course' }).getByRole('option').first();
      const name = await found.innerText();
      const known = staff.waitForResponse((r) => (r.request().postData() ?? '').includes('query CheckCourse'));
      look();
      await known;
      await settled(staff);
      await found.click();
      await staff.getByRole('list', { name: 'Before it' }).getByText(name).waitFor();
      await staff.getByRole('button', { name: 'Discard' }).click();
    });

    test('a certificate is revoked with a reason, and whoever checks it sees that', async () => {
      await staff.goto(`/console/certificates?course=${course}`);
      await staff.getByRole('button', { name: `Details: ${learner.number}` }).click();
      await staff.getByRole('button', { name: 'Revoke', exact: true }).click();
      const form = dialog(`Revoke certificate ${learner.number}?`);
      await form.getByRole('button', { name: 'Revoke', exact: true }).click();
      await form.getByText('Please say why.').waitFor();
      await form.getByLabel('Reason').fill('It was earned by somebody else');
      await answered(staff, 'RevokeCertificate', () => form.getByRole('button', { name: 'Revoke', exact: true }).click());
      await said(`${learner.number} is revoked`);
      await staff.getByRole('row', { name: /Revoked/ }).first().waitFor();
      const mine = (await ask(buyer, 'query($id: ID!) { enrollment(id: $id) { certificate { code status revocation } } }', { id: learner.enrollment })).enrollment.certificate;
      assert.deepEqual([mine.status, mine.revocation], ['REVOKED', 'It was earned by somebody else']);
      const check = (await post({ query: 'query($code: String!) { verifyCertificate(code: $code) { status } }', variables: { code: mine.code } })).data.verifyCertificate;
      assert.equal(check.status, 'REVOKED');
      await clean(staff, 'courses-certificates');
    });

    test('the pages of training on a phone in the dark', async () => {
      const small = await visit(browser, server, { scheme: 'dark', viewport: phone });
      await signIn(small, trainer, '/console/');
      for (const [name, at, ready] of [['list', '/console/courses', 'tbody tr'], ['overview', home, '.tr-outline'], ['content', `${home}?part=content`, '.tr-lessons li'], ['learners', '/console/learners', 'tbody tr'], ['certificates', '/console/certificates', 'tbody tr'], ['figures', `${home}?part=figures`, '.mo-tiles']]) {
        await small.goto(at);
        await small.locator(ready).first().waitFor();
        await clean(small, `courses-phone-${name}`);
      }
      await small.goto(`${home}?part=content`);
      await small.getByRole('button', { name: 'What do you know?', exact: true }).click();
      await small.getByRole('heading', { name: 'How it is asked' }).waitFor();
      await clean(small, 'courses-phone-quiz');
      await small.done();
    });
  });
}
