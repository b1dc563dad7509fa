import { plural } from '../../lib/words.ts';

const quiz = {
  title: 'Quiz', passed: 'Passed', questions: (n: number) => plural(n, 'question', 'questions'), pass: (n: number) => `Passed from ${n} % of the points`, limit: (n: number) => `${plural(n, 'minute', 'minutes')} of time`, noLimit: 'No limit of time',
  tries: (left: number, of: number) => `${left} of ${plural(of, 'attempt', 'attempts')} left`, anyTries: 'As many attempts as you like', negative: (n: number) => `A wrong answer costs ${n} % of its points; no answer costs nothing`,
  clockStarts: 'Time starts when you begin, and goes on when you leave the page.', start: 'Begin the quiz', again: 'Try again',
  cooling: (at: string) => `The next attempt is possible from ${at}.`, noneLeft: 'You have no attempt left. Ask your trainer.',
  all: 'Your attempts', tryOf: (n: number) => `Attempt ${n}`, open: 'Open', look: 'Look at it', shown: 'Shown above',
  answered: (n: number, of: number) => `${n} of ${of} answered`, saved: 'Saved', saving: 'Being saved …', unsaved: 'Not saved yet: no connection. It is tried again.', failed: 'Not saved', left: 'Time left',
  elsewhere: 'This attempt is open in another window, too.', theirs: 'What was answered there has been taken in.', both: (n: string) => `What was answered there has been taken in. Question ${n} was answered in both: what you have chosen here stands.`, understood: 'All right',
  handIn: 'Hand in', handInTitle: 'Hand in?', openOnes: (list: string, n: number) => (n === 1 ? `Question ${list} is not answered.` : `Questions ${list} are not answered.`), allAnswered: 'All questions are answered.', handInText: 'After that nothing can be changed.', goOn: 'Go on answering', handInDo: 'Hand in now',
  lookAgain: 'In another window something was answered that you have not seen here. Look at it, then hand in.',
  result: 'Result', isPassed: 'Passed', isFailed: 'Not passed this time', points: (n: string, of: string) => `${n} of ${of} points`, expired: 'the time ran out; what was saved counts', regraded: 'a question was mended, and this graded anew', notRevealed: 'The right answers are not shown yet.',
  question: (n: number) => `Question ${n}`, worth: (n: string) => (n === '1' ? '1 point' : `${n} points`), yours: 'your answer', isRight: ', right', yourAnswer: 'Your answer', rightAnswer: 'Right', rightIs: (x: string) => `Right: ${x}`, noAnswer: 'Not answered',
  how: { SINGLE: 'Choose one.', MULTIPLE: 'Choose all that are right.', ORDER: 'Put them in order.', MATCH: 'Choose what belongs together.', NUMBER: 'Enter a number.', TEXT: 'A few words are enough.' },
  up: (x: string) => `Move up: ${x}`, down: (x: string) => `Move down: ${x}`, asItIs: 'The order is right as it is', choose: 'Choose …', number: (n: number) => `Number for question ${n}`, words: (n: number) => `Answer to question ${n}`,
};
export default quiz;
