// Training as customers and their managers meet it: a course is begun, read, failed,
// passed and certified; two windows work on one attempt; a manager enrolls people and
// sees who holds what; a cart is refused for want of a certificate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

const both = (en, de = en) => ({ en, de });
const choice = (key, text, isCorrect = false) => ({ key, text: both(text), isCorrect });

/** A course of some lessons and nothing else. */
const plainCourse = (title, ...lessons) => ({
  title: both(title), languages: ['en', 'de'], modules: [{ key: 'all', title: both('All of it'), lessons: lessons.map((l, i) => ({ key: `l${i}`, minutes: 1, rule: { kind: 'VIEW' }, ...l, title: both(l.title) })) }],
});

/** Some seconds of silence, which a browser plays like any video. */
const silence = (seconds) => {
  const rate = 8000, data = Buffer.alloc(rate * seconds, 128), head = Buffer.alloc(44);
  head.write('RIFF', 0); head.writeUInt32LE(36 + data.length, 4); head.write('WAVEfmt ', 8); head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(rate, 24); head.writeUInt32LE(rate, 28); head.writeUInt16LE(1, 32); head.writeUInt16LE(8, 34);
  head.write('data', 36); head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
};

/** A course with a question of each kind. */
const course = (title) => ({
  title: both(title), summary: both('A short one, with a question of each kind.'), languages: ['en', 'de'], cover: '#0f8f7a',
  modules: [{
    key: 'all', title: both('All of it'), lessons: [
      { key: 'read', kind: 'TEXT', title: both('Something to read'), minutes: 5, body: both('## First\n\nA few words, and **some** more.'), rule: { kind: 'DWELL', seconds: 3 } },
      { key: 'link', kind: 'LINK', title: both('Something elsewhere'), minutes: 1, media: { url: 'https://example.com/more' }, rule: { kind: 'VIEW' }, isOptional: true },
      {
        key: 'exam', kind: 'QUIZ', title: both('The exam'), minutes: 5, requires: ['read'], rule: { kind: 'QUIZ' },
        quiz: {
          passingPercent: 80, attempts: 5, shuffle: true, reveal: 'SUBMITTED',
          questions: [
            { key: 'single', kind: 'SINGLE', text: both('Which colour has grass?'), points: 1, choices: [choice('green', 'Green', true), choice('red', 'Red'), choice('blue', 'Blue')], explanation: both('Chlorophyll is **green**.') },
            { key: 'multiple', kind: 'MULTIPLE', text: both('Which of these are even?'), points: 1, choices: [choice('two', 'Two', true), choice('three', 'Three'), choice('four', 'Four', true)] },
            { key: 'order', kind: 'ORDER', text: both('Count.'), points: 1, choices: [choice('a', 'First'), choice('b', 'Second'), choice('c', 'Third')] },
            { key: 'match', kind: 'MATCH', text: both('What belongs together?'), points: 1, pairs: [{ key: 'day', left: both('Day'), right: both('Sun') }, { key: 'night', left: both('Night'), right: both('Moon') }] },
            { key: 'number', kind: 'NUMBER', text: both('How fast does it fall?'), points: 1, number: { value: '9.81', tolerance: '0.05', unit: 'm/s²' } },
            { key: 'text', kind: 'TEXT', text: both('What is the sky?'), points: 1, accepted: { en: ['blue'], de: ['blau'] } },
          ],
        },
      },
    ],
  }],
  certificate: { title: both(title), criteria: both('Has answered a question of each kind.'), validMonths: 12 },
});

for (const database of databases) {
  describe(`training on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    const tokens = {};
    /** Asks the public API as a person; by its own words, as any client would. */
    const ask = async (email, query, variables = {}) => {
      const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
      })).json();
      tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    /** Offers a course, as a trainer does. */
    const trainer = people.STAFF_TRAINER;
    const payload = 'course { id version } problems { path message } userErrors { field code message }';
    const saved = async (input) => {
      const answer = (await ask(trainer, `mutation($input: SaveCourseInput!) { saveCourse(input: $input) { ${payload} } }`, { input })).saveCourse;
      assert.deepEqual(answer.userErrors, []);
      return answer;
    };
    const offer = async (key, title, document = course(title)) => {
      const saved_ = await saved({ key, document });
      assert.deepEqual(saved_.problems, []);
      const published = (await ask(trainer, `mutation($input: PublishCourseInput!) { publishCourse(input: $input) { ${payload} } }`, { input: { id: saved_.course.id, version: saved_.course.version } })).publishCourse;
      assert.deepEqual([published.problems, published.userErrors], [[], []]);
      return published.course.id;
    };
    /** Begins a course, as its learner does. */
    const begin = async (email, courseId) => {
      const { enroll } = await ask(email, 'mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }', { input: { courseId } });
      assert.deepEqual(enroll.userErrors, []);
      return enroll.enrollment.id;
    };
    const question = (page, text) => page.getByRole('group', { name: text });
    /** Answers all of an attempt as it should be, by the keyboard where that is asked for. */
    const answerAll = async (page) => {
      await question(page, /grass/).getByRole('radio', { name: 'Green' }).check();
      await question(page, /even/).getByRole('checkbox', { name: 'Two' }).check();
      await question(page, /even/).getByRole('checkbox', { name: 'Four' }).check();
      const count = question(page, /Count/);
      const order = async () => (await count.locator('.qz-order li > span:nth-child(2)').allInnerTexts()).map((x) => x.trim());
      const wanted = ['First', 'Second', 'Third'];
      for (let i = 0; i < 3; i++) for (let at = (await order()).indexOf(wanted[i]); at > i; at = (await order()).indexOf(wanted[i])) {
        await count.getByRole('button', { name: `Move up: ${wanted[i]}` }).press('Enter');
        await until(order, (now) => assert.equal(now.indexOf(wanted[i]), at - 1));
      }
      const asItIs = count.getByRole('button', { name: 'The order is right as it is' });
      if (await asItIs.isVisible()) await asItIs.click();
      await question(page, /together/).getByLabel('Day').selectOption({ label: 'Sun' });
      await question(page, /together/).getByLabel('Night').selectOption({ label: 'Moon' });
      await question(page, /fall/).getByRole('textbox').fill('9,81');
      await question(page, /sky/).getByRole('textbox').fill('Blue');
      await page.getByText('6 of 6 answered').waitFor();
      await page.getByRole('status').filter({ hasText: /^Saved$/ }).waitFor();
    };
    const handIn = async (page) => {
      await page.getByRole('button', { name: 'Hand in', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Hand in?' });
      await dialog.waitFor();
      return dialog;
    };

    test('a course is begun, read, failed, passed and certified, and others see as much as its holder allows', async () => {
      const title = 'Everything once';
      await offer('everything-once', title);
      const page = await visit(browser, server);
      await signIn(page, people.ORG_MEMBER, '/training');
      await settled(page);
      await page.getByRole('button', { name: `Begin: ${title}` }).click();
      await page.getByRole('heading', { level: 1, name: 'Something to read' }).waitFor();
      await page.getByRole('heading', { level: 2, name: 'First' }).waitFor();
      assert.deepEqual(await problems(page), []);
      await page.getByText('This lesson is done.', { exact: true }).first().waitFor(); // after three seconds
      await page.getByRole('link', { name: 'Next: Something elsewhere' }).click();
      await page.getByRole('heading', { level: 1, name: 'Something elsewhere' }).waitFor();
      await page.getByRole('link', { name: 'Next: The exam' }).click();
      await page.getByRole('heading', { level: 1, name: 'The exam' }).waitFor();
      await page.getByRole('button', { name: 'Begin the quiz' }).click();
      await question(page, /grass/).waitFor();
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'training-quiz-desktop');

      await question(page, /grass/).getByRole('radio', { name: 'Red' }).check();
      await page.getByText('1 of 6 answered').waitFor();
      const unanswered = await handIn(page);
      await unanswered.getByText(/^Questions [\d, ]+ are not answered\.$/).waitFor();
      await unanswered.getByRole('button', { name: 'Hand in now' }).click();
      await page.getByRole('heading', { name: 'Not passed this time' }).waitFor();
      await page.getByText('Chlorophyll is').waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'training-result-desktop');

      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('form', { name: 'Attempt 2' }).waitFor();
      await answerAll(page);
      await page.reload(); // what was answered is there again
      await page.getByText('6 of 6 answered').waitFor();
      assert.equal(await question(page, /fall/).getByRole('textbox').inputValue(), '9,81');
      const all = await handIn(page);
      await all.getByText('All questions are answered.').waitFor();
      await all.getByRole('button', { name: 'Hand in now' }).click();
      await page.getByRole('region', { name: 'Result' }).getByText('100%').waitFor();
      await page.getByText(`You have finished “${title}”.`).waitFor();
      await page.getByRole('link', { name: 'See your certificate' }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await settled(page);
      const address = await page.locator('.ce-link a').getAttribute('href');
      const code = decodeURIComponent(new URL(address).pathname.split('/').at(-1));
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'training-certificate-desktop');

      const anybody = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      const look = async () => {
        await anybody.goto(`/certificates/${encodeURIComponent(code.toLowerCase())}`);
        await anybody.getByRole('heading', { level: 1, name: 'This certificate is valid' }).waitFor();
        await settled(anybody);
        return anybody.getByRole('main').innerText();
      };
      for (const [how, seen, hidden] of [['Your name', 'Amina Yusuf', null], ['Nothing of you', 'does not show', 'Yusuf'], ['Your initials', /A\. ?Y\.|AY/, 'Yusuf']]) {
        const radio = page.getByRole('radio', { name: new RegExp(how) });
        if (!(await radio.isChecked())) await answered(page, 'ShowCertificate', () => radio.check({ force: true }));
        await until(() => radio.isChecked(), (on) => assert.ok(on));
        const text = await look();
        assert.match(text, new RegExp(seen));
        if (hidden) assert.ok(!text.includes(hidden), `${how} shows more: ${text}`);
      }
      // By the keyboard, which stays where it is.
      await page.getByRole('radio', { name: /Your initials/ }).focus();
      await answered(page, 'ShowCertificate', () => page.keyboard.press('ArrowUp'));
      await settled(page);
      assert.deepEqual(await page.getByRole('radio', { name: /Your name/ }).evaluate((r) => [r.checked, r === document.activeElement]), [true, true]);
      assert.deepEqual(await problems(anybody), []);
      assert.ok((await overflow(anybody)) <= 0);
      await shoot(anybody, 'training-verify-phone');
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await anybody.route('**/graphql', async (route) => { if ((route.request().postData() ?? '').includes('VerifyCertificate')) await held; return route.fallback(); });
      await anybody.getByLabel('Check another one').fill('no such code');
      await anybody.getByRole('button', { name: 'Check' }).click();
      await anybody.getByRole('heading', { level: 1, name: 'This certificate is valid' }).waitFor({ state: 'detached' }); // before there is an answer for the other one
      release();
      await anybody.getByRole('heading', { level: 1, name: 'There is no such certificate' }).waitFor();
      await anybody.done();

      const pdf = await page.request.get(new URL(await page.getByRole('link', { name: 'Certificate as PDF' }).getAttribute('href'), server.url).href);
      assert.equal(pdf.status(), 200);
      assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
      await page.goto('/training');
      await page.locator('.tn-card').filter({ hasText: title }).getByText('Done').waitFor();
      await page.done();
    });

    test('one attempt in two windows: it is told, and nothing is lost', async () => {
      const id = await offer('two-windows', 'Two windows');
      const me = people.ORG_ADMIN;
      const { enroll } = await ask(me, 'mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }', { input: { courseId: id } });
      assert.deepEqual(enroll.userErrors, []);
      const one = await visit(browser, server), two = await visit(browser, server);
      await signIn(one, me, '/training/two-windows/read');
      await one.getByText('This lesson is done.', { exact: true }).first().waitFor();
      await one.goto('/training/two-windows/exam');
      await one.getByRole('button', { name: 'Begin the quiz' }).click();
      await question(one, /grass/).waitFor();
      await signIn(two, me, '/training/two-windows/exam');
      await question(two, /grass/).waitFor();
      await settled(two);
      const saved = (page) => page.getByRole('status').filter({ hasText: /^Saved$/ }).waitFor();

      await answered(one, 'SaveAnswers', () => question(one, /grass/).getByRole('radio', { name: 'Green' }).check());
      await saved(one);
      await question(two, /even/).getByRole('checkbox', { name: 'Two' }).check();
      await two.getByText('This attempt is open in another window, too.').waitFor();
      await until(() => question(two, /grass/).getByRole('radio', { name: 'Green' }).isChecked(), (on) => assert.ok(on));
      assert.ok(await question(two, /even/).getByRole('checkbox', { name: 'Two' }).isChecked());
      await saved(two);
      await two.getByRole('button', { name: 'All right' }).click();

      // The same question in both: the one who is told keeps what was chosen here.
      await answered(two, 'SaveAnswers', () => question(two, /sky/).getByRole('textbox').fill('green'));
      await saved(two);
      await question(one, /sky/).getByRole('textbox').fill('blue');
      await one.getByText(/Question \d was answered in both/).waitFor();
      assert.equal(await question(one, /sky/).getByRole('textbox').inputValue(), 'blue');
      await until(() => question(one, /even/).getByRole('checkbox', { name: 'Two' }).isChecked(), (on) => assert.ok(on));
      await saved(one);
      assert.deepEqual(await problems(one), []);

      const kept = await until(async () => (await ask(me, 'query($id: ID!) { enrollment(id: $id) { lesson(key: "exam") { content { quiz { attempts { status questions { html choices answer { places text } } } } } } } }', { id: enroll.enrollment.id }))
        .enrollment.lesson.content.quiz.attempts[0].questions, (all) => assert.equal(all.find((q) => /sky/.test(q.html)).answer?.text, 'blue'));
      const of = (text) => { const q = kept.find((x) => text.test(x.html)); return q.answer.places.map((p) => q.choices[p - 1]); };
      assert.deepEqual([of(/grass/), of(/even/)], [['Green'], ['Two']]);
      one.pardon(/CONFLICT|409/); two.pardon(/CONFLICT|409/);
      await one.done();
      await two.done();
    });

    test('what is learned without a connection is told later, once', async () => {
      const id = await offer('away', 'Away');
      const me = people.ORG_ADMIN;
      const { enroll } = await ask(me, 'mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { id } userErrors { message } } }', { input: { courseId: id } });
      const page = await visit(browser, server);
      await signIn(page, me, '/training/away');
      await settled(page);
      let away = true;
      await page.route('**/graphql', (route) => (away && (route.request().postData() ?? '').includes('mutation RecordLearning') ? route.abort() : route.fallback()));
      await page.getByRole('main').getByRole('link', { name: /Something to read/ }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Something to read' }).waitFor();
      const waiting = () => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('foyer-learned:')).length);
      await until(waiting, (n) => assert.ok(n >= 2, `${n} events wait`));
      const { enrollment: before } = await ask(me, 'query($id: ID!) { enrollment(id: $id) { lessonsDone } }', { id: enroll.enrollment.id });
      assert.equal(before.lessonsDone, 0);
      away = false;
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await page.getByText('This lesson is done.', { exact: true }).first().waitFor();
      page.pardon(/ERR_FAILED/);
      await page.done();
    });

    test('the file of a lesson is loaded under its name, and a video is watched from where it was left', async () => {
      const text = '%PDF-1.7\nThe plan\n%%EOF\n';
      const draft = await saved({ key: 'with-media', document: plainCourse('With media', { kind: 'TEXT', title: 'To begin with', body: both('Words.') }) });
      const form = new FormData();
      form.append('operations', JSON.stringify({ query: 'mutation($input: UploadFileInput!) { uploadFile(input: $input) { upload { id } userErrors { message } } }', variables: { input: { file: null, kind: 'DOCUMENT' } } }));
      form.append('map', '{"0": ["variables.input.file"]}');
      form.append('0', new Blob([text], { type: 'application/pdf' }), 'plan.pdf');
      const { uploadFile } = (await (await fetch(`${server.url}/graphql`, { method: 'POST', headers: { Authorization: `Bearer ${tokens[trainer]}` }, body: form })).json()).data;
      const { addCourseFile } = await ask(trainer, 'mutation($input: AddCourseFileInput!) { addCourseFile(input: $input) { fileId userErrors { message } } }', { input: { courseId: draft.course.id, uploadId: uploadFile.upload.id } });
      const { course: now } = await ask(trainer, 'query($id: ID!) { course(id: $id) { version } }', { id: draft.course.id });
      const whole = await saved({ id: draft.course.id, version: now.version, document: plainCourse('With media',
        { key: 'plan', kind: 'FILE', title: 'The plan', media: { fileId: addCourseFile.fileId } },
        { key: 'film', kind: 'VIDEO', title: 'The film', media: { url: 'https://media.example/film', seconds: 4 }, rule: { kind: 'VIDEO', percent: 90 } }) });
      assert.deepEqual(whole.problems, []);
      await ask(trainer, `mutation($input: PublishCourseInput!) { publishCourse(input: $input) { ${payload} } }`, { input: { id: whole.course.id, version: whole.course.version } });
      await begin(people.ORG_ADMIN, whole.course.id);

      const page = await visit(browser, server);
      // The address of the film is too old; the next one that is asked for is good.
      await page.route('https://media.example/**', (route) => route.fulfill(route.request().url().endsWith('/film') ? { status: 403 } : { contentType: 'audio/wav', body: silence(4) }));
      await page.route('**/graphql', async (route) => {
        if (!(route.request().postData() ?? '').includes('query LessonAddress')) return route.fallback();
        const response = await route.fetch();
        return route.fulfill({ response, body: (await response.text()).replace('https://media.example/film', 'https://media.example/film-again') });
      });
      await signIn(page, people.ORG_ADMIN, '/training/with-media/plan');
      const link = page.getByRole('link', { name: 'Load plan.pdf' });
      await link.waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      assert.equal(file.suggestedFilename(), 'plan.pdf');
      assert.equal(readFileSync(await file.path(), 'utf8'), text);
      await page.getByText('This lesson is done.', { exact: true }).first().waitFor();
      await page.getByRole('link', { name: 'Next: The film' }).click();
      const film = page.getByLabel('Video: The film');
      await until(() => film.evaluate((v) => v.readyState), (n) => assert.ok(n >= 1, `readyState ${n}`));
      await film.focus();
      await film.press('Space');
      await page.getByText('This lesson is done.', { exact: true }).first().waitFor();
      await page.getByText('You have finished “With media”.').waitFor();
      assert.deepEqual(await problems(page), []);
      page.pardon(/403/);
      await page.done();
    });

    test('a quiz whose time runs out is handed in by the clock of the server', async () => {
      const quiz = { passingPercent: 50, attempts: 2, limitSeconds: 10, reveal: 'NEVER', shuffle: false, questions: [{ key: 'q', kind: 'SINGLE', text: both('Which colour has grass?'), points: 1, choices: [choice('green', 'Green', true), choice('red', 'Red')] }] };
      const enrollment = await begin(people.ORG_ADMIN, await offer('hurry', 'Hurry', plainCourse('Hurry', { key: 'exam', kind: 'QUIZ', title: 'The exam', rule: { kind: 'QUIZ' }, quiz })));
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN, '/training/hurry/exam');
      await page.getByText('Time starts when you begin, and goes on when you leave the page.').waitFor();
      await page.getByRole('button', { name: 'Begin the quiz' }).click();
      await question(page, /grass/).getByRole('radio', { name: 'Green' }).check();
      await page.getByRole('timer', { name: 'Time left' }).waitFor();
      // Nobody hands it in.
      const result = page.getByRole('region', { name: 'Result' });
      await result.getByText('the time ran out; what was saved counts').waitFor();
      await settled(page);
      const [a] = (await ask(people.ORG_ADMIN, 'query($id: ID!) { enrollment(id: $id) { lesson(key: "exam") { content { quiz { attempts { status percent } } } } } }', { id: enrollment })).enrollment.lesson.content.quiz.attempts;
      assert.equal(a.status, 'EXPIRED');
      await result.getByText(`${a.percent}%`).waitFor(); // all of it, or nothing on a machine that took longer to save than there was time
      assert.deepEqual(await problems(page), []);
      page.pardon(/409/);
      await page.done();
    });

    test('one course is left, another is rated', async () => {
      const me = people.ORG_MEMBER;
      const short = (title) => plainCourse(title, { key: 'read', kind: 'TEXT', title: 'Something to read', body: both('Words.') });
      const left = await begin(me, await offer('to-be-left', 'To be left', short('To be left')));
      const done = await begin(me, await offer('to-be-rated', 'To be rated', short('To be rated')));
      const page = await visit(browser, server);
      await signIn(page, me, '/training/to-be-left');
      await page.getByRole('button', { name: 'Leave this course' }).click();
      const leave = page.getByRole('dialog', { name: 'Leave “To be left”?' });
      await leave.getByLabel(/^Why/).fill('I know it already');
      assert.deepEqual(await problems(page), []);
      await leave.getByRole('button', { name: 'Leave', exact: true }).click();
      await leave.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: /^Begin/ }).waitFor(); // it can be begun anew
      const state = async (id) => (await ask(me, 'query($id: ID!) { enrollment(id: $id) { status rating feedback } }', { id })).enrollment;
      assert.equal((await state(left)).status, 'WITHDRAWN');

      await page.goto('/training/to-be-rated/read');
      await page.getByText('You have finished “To be rated”.').waitFor();
      await page.goto('/training/to-be-rated');
      await page.getByRole('button', { name: 'Rate this course' }).click();
      const rate = page.getByRole('dialog', { name: 'How was “To be rated”?' });
      assert.ok(await rate.getByRole('button', { name: 'Send' }).isDisabled());
      await rate.getByRole('radio', { name: 'All right' }).focus();
      await page.keyboard.press('ArrowRight'); // by the keyboard, to the next star
      await rate.getByLabel('What could be better?').fill('More pictures');
      assert.deepEqual(await problems(page), []);
      await rate.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('button', { name: 'You gave 4 stars' }).waitFor();
      assert.deepEqual(await state(done), { status: 'COMPLETED', rating: 4, feedback: 'More pictures' });
      await page.done();
    });

    test('a manager enrolls people, some of whom cannot be, and sees who holds what', async () => {
      const title = 'For the whole team';
      const id = await offer('whole-team', title);
      const learning = async (course) => (await ask(people.ORG_ADMIN, 'query($id: ID!) { enrollments(filter: { courseId: $id }, first: 50) { edges { node { id } } } }', { id: course })).enrollments.edges;
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN, '/training/team');
      await settled(page);
      const enroll = async (pick) => {
        await page.getByRole('button', { name: 'Enroll people' }).click();
        const dialog = page.getByRole('dialog', { name: 'Enroll people' });
        await dialog.getByLabel('Course').selectOption({ label: title });
        await pick(dialog);
        return dialog;
      };
      // The answer is lost, and the same is pressed again: it happens once, and nobody is told that they are in already.
      let lost = 0;
      await page.route('**/graphql', async (route) => {
        if (lost || !(route.request().postData() ?? '').includes('mutation EnrollPeople')) return route.fallback();
        lost++;
        await route.fetch();
        return route.abort();
      });
      const first = await enroll(async (d) => { for (const name of ['Sigrid Aas', 'Tor Eriksen']) await d.getByRole('checkbox', { name }).check(); });
      assert.deepEqual(await problems(page), []);
      await first.getByRole('button', { name: 'Enroll 2 people' }).click();
      await first.getByRole('alert').waitFor();
      assert.equal((await learning(id)).length, 2, 'the server has done it');
      await first.getByRole('button', { name: 'Enroll 2 people' }).click();
      await page.getByText('2 people are in.').waitFor();
      await first.waitFor({ state: 'hidden' });
      assert.equal((await learning(id)).length, 2);
      // Of two, one is in already: the other one is enrolled, and it is said who was not, and why.
      const one = await enroll(async (d) => { for (const name of ['Amina Yusuf', 'Sigrid Aas']) await d.getByRole('checkbox', { name }).check(); });
      await one.getByRole('button', { name: 'Enroll 2 people' }).click();
      await one.getByRole('status').filter({ hasText: '1 person is in. One could not be enrolled:' }).waitFor();
      assert.match(await one.locator('label').filter({ hasText: 'Sigrid Aas' }).locator('em').innerText(), /already|learns|course/i);
      assert.deepEqual([await one.locator('.te-list em').count(), await one.getByRole('checkbox', { name: 'Amina Yusuf' }).isChecked(), await one.getByRole('checkbox', { name: 'Sigrid Aas' }).isChecked()], [1, false, true]);
      assert.deepEqual(await problems(page), []);
      await one.getByRole('button', { name: 'Close' }).last().click();
      assert.equal((await learning(id)).length, 3);
      const second = await enroll((d) => d.getByRole('checkbox', { name: 'All of them' }).check());
      await second.getByRole('button', { name: 'Enroll 4 people' }).click();
      await second.getByText('3 could not be enrolled:').waitFor();
      assert.equal(await second.locator('.te-list em').count(), 3);
      await shoot(page, 'training-enroll-desktop', false);
      await second.getByRole('button', { name: 'Close' }).last().click();

      await page.getByRole('button', { name: 'Require a certificate' }).first().click();
      const rule = page.getByRole('dialog', { name: 'Require a certificate' });
      await rule.getByLabel('Course').selectOption({ label: title });
      assert.deepEqual(await problems(page), []);
      await rule.getByRole('button', { name: 'Save' }).click();
      await rule.waitFor({ state: 'hidden' });
      await page.getByRole('columnheader', { name: title }).waitFor();
      const cells = page.getByRole('table', { name: 'Your team' });
      await until(() => cells.getByText('Learning, 0 %').count(), (n) => assert.ok(n >= 4, `${n} learn`));
      await page.getByRole('list', { name: 'Courses that somebody must hold' }).getByRole('listitem').filter({ hasText: title }).getByText('0 of 4 hold it').waitFor();
      await page.getByRole('link', { name: 'Only with something missing' }).click();
      await page.waitForURL(/show=missing/);
      await settled(page);
      await cells.getByText('Amina Yusuf').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as CSV' }).click()]);
      // Somebody else is faster: it is said, and what is chosen here can be saved then.
      const required = async () => (await ask(people.ORG_ADMIN, '{ trainingRequirements { id version title dueDays } }')).trainingRequirements.find((r) => r.title === title);
      await page.getByRole('button', { name: `Actions for ${title}` }).click();
      await page.getByRole('menuitem', { name: 'Change' }).click();
      const change = page.getByRole('dialog', { name: `Who must hold “${title}”` });
      await change.getByLabel('Who comes later: days').fill('20');
      const { id: ruleId, version } = await required();
      const { saveTrainingRequirement } = await ask(people.ORG_ADMIN, 'mutation($input: SaveTrainingRequirementInput!) { saveTrainingRequirement(input: $input) { userErrors { message } } }', { input: { id: ruleId, version, dueDays: 10, enroll: true } });
      assert.deepEqual(saveTrainingRequirement.userErrors, []);
      page.pardon(/409/);
      await change.getByRole('button', { name: 'Save' }).click();
      await change.getByRole('alert').waitFor();
      await settled(page);
      assert.equal((await required()).dueDays, 10);
      await change.getByRole('button', { name: 'Save' }).click();
      await change.waitFor({ state: 'hidden' });
      assert.equal((await required()).dueDays, 20);
      assert.match(readFileSync(await file.path(), 'utf8'), /^\ufeffPerson,Course,Status,[^]*Amina Yusuf,For the whole team,Learning/);

      await page.getByRole('button', { name: `Actions for ${title}` }).click();
      await page.getByRole('menuitem', { name: 'Take back' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
      await page.getByRole('columnheader', { name: title }).waitFor({ state: 'detached' });
      page.pardon(/ERR_FAILED/);
      await page.done();
    });

    test('a cart is refused for want of a certificate, and leads to the course', async () => {
      const me = 'davide@marangon.example'; // nobody of his company holds a certificate
      const { search } = await ask(me, '{ search(query: "collimating lens", first: 20) { hits { product { name variants { id minimumQuantity } } } } }');
      const v = search.hits.map((h) => h.product).find((p) => p?.name === 'Collimating lens').variants[0];
      const { addToCart } = await ask(me, 'mutation($input: AddToCartInput!) { addToCart(input: $input) { cart { id } userErrors { message } } }', { input: { lines: [{ variantId: v.id, quantity: v.minimumQuantity }] } });
      assert.deepEqual(addToCart.userErrors, []);
      const page = await visit(browser, server);
      await signIn(page, me, '/cart');
      await settled(page);
      await page.getByText(/somebody holds the certificate of the course "Laser safety for operators"/).waitFor();
      assert.deepEqual(await problems(page), []);
      await page.getByRole('link', { name: 'To the course “Laser safety for operators”' }).click();
      await page.getByRole('heading', { level: 1, name: 'Laser safety for operators' }).waitFor();
      await page.done();
    });
  });
}
