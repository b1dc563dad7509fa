export default function Links(_: { kind: 'forgotten' | 'password' | 'invitation' | 'setup' }) { return null; }
