import type { Answer } from './answers.ts';
import './answers.css';

/** What a configuration has, step by step, to read. */
export function Answers({ answers }: { answers: Answer[] }) {
  const steps = [...new Set(answers.map((a) => a.step))];
  return steps.map((step) => (
    <section key={step} className="an-step" aria-label={step || undefined}>
      {step && <h3>{step}</h3>}
      <dl>{answers.filter((a) => a.step === step).map((a) => (
        <div key={a.key}><dt>{a.title}</dt><dd>{a.swatch && <i style={{ background: a.swatch }} aria-hidden />}{a.value}</dd></div>
      ))}</dl>
    </section>
  ));
}
