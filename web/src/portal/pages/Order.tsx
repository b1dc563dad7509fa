export default function Order(_: { number: string }) { return null; }
