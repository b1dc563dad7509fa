export default function Account(_: { section?: string }) { return null; }
